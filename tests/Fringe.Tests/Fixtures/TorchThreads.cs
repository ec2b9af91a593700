using System.Runtime.CompilerServices;
using Fringe.App.Runtime;
using static TorchSharp.torch;

namespace Fringe.Tests.Fixtures;

/// <summary>
/// One torch thread: the volumes of tests are too small to share, and beside other programs threads that wait for each other make
/// them ten times slower (reference/measured.md).
/// </summary>
internal static class TorchThreads
{
#pragma warning disable CA2255 // The runner gives no earlier hook than the module's own.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Configure()
    {
        NativeRuntime.Configure();
        set_num_threads(1);
    }
}
