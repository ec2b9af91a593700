using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Fringe.Tests.Fixtures;

/// <summary>
/// A device that is not the CPU, on a machine that has none: torch's lazy backend. It holds data, records what is asked of it and has
/// TorchScript compute it on the CPU. A CPU tensor beside one of its own is refused as a GPU refuses it, in the calls that
/// <see cref="OtherDeviceTests"/> names; <c>where</c> and <c>masked_select</c> it passes on to the CPU, and sees nothing. TorchSharp has no
/// name for it and does not start it.
/// </summary>
internal static class OtherDevice
{
    // c10::DeviceType::Lazy.
    private const int Number = 17;

    // torch::lazy::InitTorchScriptBackend()
    private const string Symbol = "_ZN5torch4lazy22InitTorchScriptBackendEv";
    private static readonly Lazy<Device?> Started = new(Start);

    private delegate void Initialise();

    /// <summary>Skips the test where this torch has no such backend.</summary>
    public static Device Get()
    {
        Assert.SkipWhen(Started.Value is null, "this torch has no lazy backend under the name that it has on Linux");
        return Started.Value;
    }

    private static Device? Start()
    {
        // Has TorchSharp load the library.
        using Tensor first = zeros(1);
        bool isThere =
            NativeLibrary.TryLoad("libtorch_cpu", typeof(OtherDevice).Assembly, null, out nint library)
            && NativeLibrary.TryGetExport(library, Symbol, out nint _);
        if (!isThere)
        {
            return null;
        }

        Marshal.GetDelegateForFunctionPointer<Initialise>(NativeLibrary.GetExport(library, Symbol))();
        return new Device((DeviceType)Number, 0);
    }
}
