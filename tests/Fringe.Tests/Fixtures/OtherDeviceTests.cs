using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Fringe.Tests.Fixtures;

/// <summary>The device that stands in for a GPU holds data and refuses what a GPU refuses.</summary>
[Collection(TensorTests.Name)]
public sealed class OtherDeviceTests
{
    public static TheoryData<string> Mixed => [.. Calls.Keys];

    private static readonly Dictionary<string, Action<Tensor, Tensor>> Calls = new()
    {
        ["add"] = (own, other) => _ = own + other,
        ["mul"] = (own, other) => _ = own * other,
        ["masked_fill"] = (own, other) => own.masked_fill(other.gt(0), 1),
        ["index_select"] = (own, other) => own.index_select(0, other.flatten().narrow(0, 0, 2).to(ScalarType.Int64)),
        ["cat"] = (own, other) => cat([own, other]),
        ["stack"] = (own, other) => stack([own, other]),
        ["bmm"] = (own, other) => own.bmm(other),
        ["conv3d"] = (own, other) => nn.functional.conv3d(own.reshape(1, 1, 4, 4, 4), other.reshape(1, 1, 4, 4, 4)),
        ["complex mul"] = (own, other) => _ = complex(own, own) * other,
    };

    [Fact]
    public void To_AndBack_KeepsTheData()
    {
        using var scope = NewDisposeScope();
        Tensor psi = TestTensors.RandomComplex(1, 4, 5, 6);
        Tensor moved = psi.to(OtherDevice.Get());

        Assert.NotEqual(CPU.type, moved.device_type);
        Assert.Equal(0, TestTensors.Difference(moved.cpu(), psi));
        Assert.InRange(TestTensors.Difference(fft.fftn(moved).cpu(), fft.fftn(psi)), 0, 1e-6);
    }

    [Theory]
    [MemberData(nameof(Mixed))]
    public void Call_CpuTensorBesideItsOwn_IsRefused(string name)
    {
        using var scope = NewDisposeScope();
        Device device = OtherDevice.Get();
        Tensor other = TestTensors.RandomReal(2, 4, 4, 4);
        Tensor own = other.to(device);
        Calls[name](own, own);

        Assert.Throws<ExternalException>(() =>
        {
            Calls[name](own, other);
            own.sum().item<float>();
        });
    }
}
