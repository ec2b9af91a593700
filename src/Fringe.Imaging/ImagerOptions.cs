using Fringe.Core;
using static TorchSharp.torch;

namespace Fringe.Imaging;

/// <summary>Where and with what an <see cref="Imager"/> computes.</summary>
public sealed record ImagerOptions : IOptions
{
    private const int MostThreads = 1024;

    /// <summary>The processor.</summary>
    public ComputeDevice Device { get; init; } = ComputeDevice.Cpu;

    /// <summary>Threads; null = as many as there are cores.</summary>
    public int? Threads { get; init; }

    /// <summary>Weights of a network (safetensors); null = those that ship.</summary>
    public string? WeightsPath { get; init; }

    /// <inheritdoc/>
    public IEnumerable<OptionProblem> Validate()
    {
        if (Threads is < 1 or > MostThreads)
        {
            yield return new(nameof(Threads), $"must be 1 to {MostThreads}");
        }

        if (Device == ComputeDevice.Cuda && !cuda.is_available())
        {
            yield return new(
                nameof(Device),
                "cuda: no usable CUDA device; this needs an NVIDIA driver and a build with "
                    + "`dotnet build -c Release -p:FringeCuda=true`. Leave the option out to run on the CPU"
            );
        }
    }
}
