namespace Fringe.Tests.Fixtures;

/// <summary>The working copy the tests were built from.</summary>
internal static class Repository
{
    /// <summary>The folder that holds the solution; the test is skipped when it runs elsewhere.</summary>
    public static string Root
    {
        get
        {
            DirectoryInfo? at = new(AppContext.BaseDirectory);
            while (at is not null && !File.Exists(Path.Combine(at.FullName, "Fringe.slnx")))
            {
                at = at.Parent;
            }

            Assert.SkipWhen(at is null, "the tests run outside the repository");
            return at!.FullName;
        }
    }
}
