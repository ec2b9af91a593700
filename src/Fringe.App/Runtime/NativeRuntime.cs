using System.Runtime.InteropServices;

namespace Fringe.App.Runtime;

/// <summary>Settings of native libraries that must be made before they load.</summary>
internal static partial class NativeRuntime
{
    // Turns an idle OpenMP thread spins before it sleeps. By default they spin for milliseconds, which makes phasing ten times
    // slower when another program uses one of the cores; sleeping at once costs as much on an idle machine.
    // docs/decisions/0004-threads.md has the figures.
    private const string SpinCount = "10000";

    /// <summary>Bounds libgomp's spinning, unless the user's environment says otherwise. Call before torch is touched.</summary>
    public static void Configure()
    {
        if (OperatingSystem.IsLinux())
        {
            // .NET's own SetEnvironmentVariable does not reach native code.
            _ = SetEnvironment("GOMP_SPINCOUNT", SpinCount, overwrite: 0);
        }
    }

    /// <summary>
    /// Lets glibc keep the memory that tensors give back. A training step allocates and frees hundreds of megabytes; handing them back to
    /// the system and fetching them zeroed costs a third of its time, and a twentieth of phasing the sample. Call before torch is touched.
    /// </summary>
    public static void KeepMemory()
    {
        if (OperatingSystem.IsLinux())
        {
            // mallopt's numbers: M_MMAP_MAX, M_TRIM_THRESHOLD, M_TOP_PAD, M_ARENA_MAX.
            _ = SetAllocator(-4, 0);
            _ = SetAllocator(-1, int.MaxValue);
            _ = SetAllocator(-2, 1 << 26);
            _ = SetAllocator(-8, 1);
        }
    }

    /// <summary>
    /// Calls what reading a file calls first. Until the system has loaded a library, no thread can look up a native function that was not
    /// called before: without this, reading waits for torch in place of going on beside it. Call before torch is touched.
    /// </summary>
    public static void PrepareToRead()
    {
        string program = typeof(NativeRuntime).Assembly.Location;
        _ = File.Exists(program) && Directory.Exists(program);
        using FileStream file = File.OpenRead(program);
        _ = file.ReadByte();
        _ = file.Seek(0, SeekOrigin.End);
        _ = TimeProvider.System.GetTimestamp() + Environment.TickCount64;
    }

    /// <summary>
    /// Ends the process at once, without the destructors of native libraries: those of libtorch crash while a thread still computes.
    /// Output must have been flushed.
    /// </summary>
    public static void ExitNow(int code)
    {
        if (OperatingSystem.IsLinux())
        {
            EndProcess(code);
        }

        Environment.Exit(code);
    }

    [LibraryImport("libc", EntryPoint = "_exit")]
    private static partial void EndProcess(int code);

    [LibraryImport("libc", EntryPoint = "mallopt")]
    private static partial int SetAllocator(int parameter, int value);

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetEnvironment(string name, string value, int overwrite);
}
