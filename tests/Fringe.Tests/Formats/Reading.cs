using Fringe.Core;
using Fringe.Core.Volumes;
using Fringe.Formats;
using Fringe.Formats.Arrays;

namespace Fringe.Tests.Formats;

/// <summary>Reading with the test's own cancellation token.</summary>
internal static class Reading
{
    public static MeasuredStack Volume(string path, ReadOptions? options = null) =>
        MeasurementFile.ReadVolume(path, options, TestContext.Current.CancellationToken);

    public static RealVolume Image(string path, ReadOptions? options = null) =>
        MeasurementFile.ReadMask(path, options, TestContext.Current.CancellationToken);

    /// <summary>The message of the one clear line; fails if it is not one line that starts with the path.</summary>
    public static string Error(string path, ReadOptions? options = null) => Line(path, () => Volume(path, options));

    /// <inheritdoc cref="Error"/>
    public static string Line(string path, Action action)
    {
        InputException error = Assert.Throws<InputException>(action);
        Assert.DoesNotContain('\n', error.Message);
        Assert.DoesNotContain('\r', error.Message);
        Assert.StartsWith(path, error.Message, StringComparison.Ordinal);
        Assert.InRange(error.Message.Length - path.Length, 15, 700);
        return error.Message[path.Length..];
    }
}
