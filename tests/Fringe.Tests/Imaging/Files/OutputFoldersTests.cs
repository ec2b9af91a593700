using Fringe.Imaging.Files;
using Fringe.Tests.Fixtures;

namespace Fringe.Tests.Imaging.Files;

/// <summary>Where results are begun: an end at once leaves nothing, whenever it comes.</summary>
public sealed class OutputFoldersTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Reserve_AfterTheEnd_BeginsNothing()
    {
        OutputFolders folders = new();
        folders.DeleteUnfinished();

        Assert.Throws<OperationCanceledException>(() => folders.Reserve(folder.File("result"), ["a"], force: false));
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void DeleteUnfinished_WhileResultsAreBegun_LeavesNone()
    {
        for (int round = 0; round < 50; round++)
        {
            OutputFolders folders = new();
            Thread beginning = new(() =>
            {
                try
                {
                    for (int i = 0; i < 20; i++)
                    {
                        folders.Reserve(folder.File($"result{i}"), ["a"], force: false);
                    }
                }
                catch (OperationCanceledException)
                {
                    // As the program's end has it.
                }
            });
            beginning.Start();
            folders.DeleteUnfinished();
            beginning.Join();

            Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
        }
    }
}
