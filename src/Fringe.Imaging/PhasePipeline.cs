using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Fringe.Core;
using Fringe.Core.Phasing;
using Fringe.Core.Phasing.Combining;
using Fringe.Core.Phasing.Projections;
using Fringe.Core.Phasing.Uncertainty;
using Fringe.Core.Preparation;
using Fringe.Core.Volumes;
using Fringe.Formats;
using Fringe.Formats.Arrays;
using Fringe.Formats.Npy;
using Fringe.Imaging.Crystals;
using Fringe.Imaging.Network;
using Fringe.Imaging.Samples;
using static TorchSharp.torch;

namespace Fringe.Imaging;

/// <summary>Read, prepare, phase: the stages of <c>fringe phase</c> before anything is written.</summary>
internal static class PhasePipeline
{
    /// <param name="request">What to do; its options are valid.</param>
    /// <param name="network">Asked where the method needs it; borrowed.</param>
    /// <param name="clock">Keeps the stages' times.</param>
    /// <param name="show">Runs a long stage, named, with a place for its progress.</param>
    /// <param name="stage">What it calls the phasing.</param>
    /// <param name="cancellation">Looked at throughout.</param>
    /// <exception cref="InputException">The input cannot be used.</exception>
    public static PhasedSample Run(
        PhaseRequest request,
        WarmNetwork network,
        StageClock clock,
        Action<string, Action<IProgress<PhasingProgress>>> show,
        string stage,
        CancellationToken cancellation
    )
    {
        Device device = ChooseDevice(request.Device);
        set_num_threads(request.Threads ?? Environment.ProcessorCount);
        (MeasuredStack stack, PreparationOptions options) = clock.Run("read", () => Read(request, cancellation));
        request.Scan?.CheckFrames(stack.Intensity.Depth, request.Input ?? EmbeddedSample.Name);
        // Beside the preparation; what cannot be read needs no network.
        if (request.Method is PhaseMethod.Auto or PhaseMethod.Network)
        {
            network.Begin();
        }

        PreparedPattern prepared = clock.Run(
            "prepare",
            () => PatternPreparer.Prepare(stack.Intensity, options, cancellation)
        );
        PhasingResult? result = null;
        StrainedCrystal? crystal = null;
        try
        {
            MeasuredPeak? measured = request.Scan is null ? null : MeasuredPeak.Of(request, prepared);
            using Tensor? given = ReadInitial(request, prepared.Pattern);
            bool usesNetwork = request.UsesNetwork(prepared.Pattern);
            using Tensor? predicted = usesNetwork
                ? clock.Run("predict", () => network.Get().Predict(prepared.Pattern))
                : null;
            NetworkJudgement? judgement = usesNetwork
                ? clock.Run("judge prediction", () => NetworkJudgement.Of(prepared.Pattern, network.Get()))
                : null;
            IPhasingMethod method = ChooseMethod(request, device, given, predicted);
            result = clock.Run(
                "phase",
                () =>
                    Shown(
                        show,
                        stage,
                        progress =>
                            new MultiStart(request.Phasing, method).Run(prepared.Pattern, progress, cancellation)
                    )
            );
            using Replicas? replicas =
                request.Replicas == 0
                    ? null
                    : clock.Run(
                        "estimate uncertainty",
                        () =>
                            Shown(
                                show,
                                "uncertainty",
                                progress =>
                                    Replicas.Of(
                                        method,
                                        prepared.Pattern,
                                        result,
                                        request.Replicas,
                                        request.Phasing.Seed,
                                        progress,
                                        cancellation
                                    )
                            )
                    );
            crystal = measured is null
                ? null
                : clock.Run(
                    "strain",
                    () => StrainedCrystal.Of(request, measured, result.Canonical, replicas, cancellation)
                );
            return new PhasedSample(
                SampleName(request),
                Hash(stack.Intensity),
                request.Scan?.Geometry.EnergyElectronvolts ?? InputEnergy.Find(stack.Source.Metadata),
                prepared,
                judgement,
                result,
                result.HiddenFraction(prepared.Pattern.Mask)
            )
            {
                Dataset = stack.Dataset,
                Uncertainty = replicas?.Uncertainty,
                Crystal = crystal,
            };
        }
        catch
        {
            crystal?.Dispose();
            result?.Dispose();
            prepared.Dispose();
            throw;
        }
    }

    private static T Shown<T>(
        Action<string, Action<IProgress<PhasingProgress>>> show,
        string stage,
        Func<IProgress<PhasingProgress>, T> work
    )
    {
        T? result = default;
        show(stage, progress => result = work(progress));
        return result!;
    }

    /// <summary>The input's name without folder and ending.</summary>
    public static string SampleName(PhaseRequest request)
    {
        string name = request.Input is null ? EmbeddedSample.Name : Path.TrimEndingDirectorySeparator(request.Input);
        // The folder of a glob says more than its pattern.
        string last = name.IndexOfAny(['*', '?']) >= 0 ? Path.GetDirectoryName(name) ?? "frames" : name;
        string stem = Path.GetFileName(last);
        return Directory.Exists(last) || Path.GetFileNameWithoutExtension(stem).Length == 0
            ? stem
            : Path.GetFileNameWithoutExtension(stem);
    }

    /// <summary>Reads the stack and the corrections of a request.</summary>
    public static (MeasuredStack, PreparationOptions) Read(PhaseRequest request, CancellationToken cancellation)
    {
        ReadOptions options = new() { Dataset = request.Dataset };
        MeasuredStack stack = request.Input is { } path
            ? MeasurementFile.ReadVolume(path, options, cancellation)
            : EmbeddedSample.Read(cancellation);
        return (
            stack,
            request.Preparation with
            {
                Dark = ReadCorrection(request.DarkPath, cancellation),
                Flat = ReadCorrection(request.FlatPath, cancellation),
                Mask = ReadCorrection(request.MaskPath, cancellation),
                Saturation = request.Preparation.Saturation ?? (float?)stack.DtypeMaximum,
            }
        );
    }

    /// <summary>The way from pattern to object that a request asks for.</summary>
    /// <param name="request">What to do.</param>
    /// <param name="device">Where to compute.</param>
    /// <param name="given">The object to start from; null = none; borrowed for as long as the method.</param>
    /// <param name="predicted">The network's; null where it was not asked; borrowed likewise.</param>
    public static IPhasingMethod ChooseMethod(PhaseRequest request, Device device, Tensor? given, Tensor? predicted) =>
        request.Method switch
        {
            PhaseMethod.Iterative => new PhaseRetriever(request.Phasing, device),
            PhaseMethod.Network => new CoarseToFine(request.Phasing, request.Refinement, device, predicted),
            PhaseMethod.Auto when predicted is not null => new StartsInTurn(
                new CoarseToFine(request.PhasingFromNetwork, request.Refinement, device, predicted),
                new CoarseToFine(request.Phasing, request.Refinement, device)
            ),
            _ => new CoarseToFine(request.Phasing, request.Refinement, device, given),
        };

    /// <summary>Reads the object that an option names.</summary>
    /// <param name="option">"--init".</param>
    /// <param name="path">Complex NPY.</param>
    /// <param name="pattern">Whose shape it must have; borrowed.</param>
    /// <returns>complex64 <c>[z, y, x]</c>; belongs to the caller.</returns>
    /// <exception cref="InputException">It cannot be read, or has another shape.</exception>
    public static Tensor ReadObject(string option, string path, DiffractionPattern pattern)
    {
        ComplexVolume volume = NpyFile.ReadComplex(path);
        long[] shape = [volume.Depth, volume.Height, volume.Width];
        return shape.SequenceEqual(pattern.Shape)
            ? volume.ToTensor()
            : throw new InputException(
                $"{option} {path}: the object has the shape {string.Join(" x ", shape)}, the prepared pattern "
                    + $"{string.Join(" x ", pattern.Shape)}; --shape changes the pattern's"
            );
    }

    private static Tensor? ReadInitial(PhaseRequest request, DiffractionPattern pattern) =>
        request.InitialPath is { } path ? ReadObject("--init", path, pattern) : null;

    private static RealVolume? ReadCorrection(string? path, CancellationToken cancellation) =>
        path is null ? null : MeasurementFile.ReadImage(path, cancellation: cancellation);

    private static Device ChooseDevice(string name)
    {
        if (name == "cuda" && !cuda.is_available())
        {
            throw new InputException(
                "--device cuda: no usable CUDA device; this needs an NVIDIA driver and a build with "
                    + "`dotnet build -c Release -p:FringeCuda=true`. Leave the option out to run on the CPU"
            );
        }

        return name == "cuda" ? CUDA : CPU;
    }

    /// <summary>SHA-256 of a stack as read (float32, C order), hexadecimal.</summary>
    public static string Hash(RealVolume volume) =>
        Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(volume.Values.AsSpan())));
}
