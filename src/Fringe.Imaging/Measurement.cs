using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Fringe.Core;
using Fringe.Core.Preparation;
using Fringe.Core.Volumes;
using Fringe.Formats.Beamlines;

namespace Fringe.Imaging;

/// <summary>One measurement, as read: managed data.</summary>
public sealed record Measurement
{
    /// <summary>The input's name without folder and ending, for headings and folders.</summary>
    public required string Name { get; init; }

    /// <summary>Counts (or amplitudes), float32 <c>[rocking, row, column]</c>; left as they are.</summary>
    public required RealVolume Stack { get; init; }

    /// <summary>Which frames of the stack were measured; null = all.</summary>
    public IReadOnlyList<bool>? MeasuredFrames { get; init; }

    /// <summary>The part of the detector that the stack shows; null = all of it.</summary>
    public DetectorRegion? Region { get; init; }

    /// <summary>
    /// Of a stack that is a prepared pattern, as <c>fringe convert</c> writes it: place of its first voxel on the (binned) detector and in
    /// the rocking curve, <c>[rocking, row, column]</c> in voxels. null = frames as they were measured.
    /// </summary>
    public IReadOnlyList<int>? PreparedOrigin { get; init; }

    /// <summary>Dark counts, flat field and mask.</summary>
    public Corrections Corrections { get; init; } = new();

    /// <summary>How it was measured; null leaves the object in voxels.</summary>
    public RockingScan? Scan { get; init; }

    /// <summary>How it was read; nothing where it was not read from files.</summary>
    public ReadingRecord Reading { get; init; } = new();

    /// <summary>Where it was read from, for provenance: a path, or "embedded sample"; empty where it was not read from a file.</summary>
    public string Input { get; init; } = "";

    /// <summary>The array of the input that it is from; empty where there is one.</summary>
    public string Dataset { get; init; } = "";

    /// <summary>Photon energy that the input states, eV; null where it does not.</summary>
    public double? EnergyElectronvolts { get; init; }

    /// <summary>An object of the prepared pattern's shape to begin with: complex64 <c>[z, y, x]</c>, centred; null = none.</summary>
    public ComplexVolume? Initial { get; init; }

    /// <summary>Has timed the reading, and goes on with what is made of it; null = a new one.</summary>
    public StageClock? Clock { get; init; }

    /// <summary>SHA-256 of the stack (float32, C order), hexadecimal; computed with each call.</summary>
    public string HashStack() =>
        Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(Stack.Values.AsSpan())));

    /// <summary>The pattern of what was measured; it belongs to the caller.</summary>
    /// <exception cref="InputException">
    /// Nothing measured holds a photon, the corrections do not fit, or frames and geometry do not belong together.
    /// </exception>
    internal PreparedPattern Prepare(PreparationOptions options, CancellationToken cancellation)
    {
        (PreparedPattern? prepared, string lack) = TryPrepare(options, cancellation);
        return prepared ?? throw new InputException(lack);
    }

    /// <summary>The pattern of what was measured; null, and why, where nothing measured holds a photon.</summary>
    /// <exception cref="InputException">The corrections do not fit, or frames and geometry do not belong together.</exception>
    internal (PreparedPattern? Prepared, string Lack) TryPrepare(
        PreparationOptions options,
        CancellationToken cancellation
    )
    {
        Scan?.CheckFrames(Stack.Depth, options.Frames, Input.Length > 0 ? Input : Name);
        return PatternPreparer.TryPrepare(Stack, Corrections, options, Part, cancellation);
    }

    /// <summary>What would be done to what was measured, and what it looks like then.</summary>
    /// <exception cref="InputException">
    /// Nothing measured holds a photon, the corrections do not fit, or frames and geometry do not belong together.
    /// </exception>
    internal (PreparationSummary Summary, StackPreview Preview) Preview(
        PreparationOptions options,
        CancellationToken cancellation
    )
    {
        Scan?.CheckFrames(Stack.Depth, options.Frames, Input.Length > 0 ? Input : Name);
        return PatternPreparer.Preview(Stack, Corrections, options, Part, cancellation);
    }

    private MeasuredPart Part =>
        new()
        {
            Frames = FramesOnTheirPlaces(),
            Region = Region,
            PreparedOrigin = PreparedOrigin,
        };

    // A frame whose angle is not where the steps would have it says what another one should.
    private IReadOnlyList<bool>? FramesOnTheirPlaces() =>
        Scan is not { OffPoints: { Count: > 0 } off }
            ? MeasuredFrames
            : [.. Enumerable.Range(0, Stack.Depth).Select(i => MeasuredFrames?[i] != false && !off.Contains(i))];
}
