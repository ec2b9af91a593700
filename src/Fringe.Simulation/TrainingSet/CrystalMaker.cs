using Fringe.Core;
using Fringe.Core.Volumes;
using Fringe.Formats.Crystals;
using Fringe.Simulation.Crystals;
using Fringe.Simulation.Diffraction;
using Fringe.Simulation.Lammps;
using static TorchSharp.torch;

namespace Fringe.Simulation.TrainingSet;

/// <summary>One attempt at one crystal: draw, cut, relax, strain, relax, and what is kept of it.</summary>
internal sealed class CrystalMaker
{
    // Of LAMMPS' input and output: a failure with less room left is the disk's.
    private const long BytesPerAtom = 200;

    private readonly TrainingSetOptions options;
    private readonly LammpsRunner runner;
    private readonly TrainingSetFolder folder;
    private readonly TimeProvider time;

    public CrystalMaker(
        TrainingSetOptions options,
        LammpsInstallation installation,
        TrainingSetFolder folder,
        TimeProvider time
    )
    {
        this.options = options;
        this.folder = folder;
        this.time = time;
        runner = new LammpsRunner(installation, options.Recipe, options.Limit);
    }

    /// <summary>Makes a crystal.</summary>
    /// <returns>Without a record where the planes leave too little (and no LAMMPS ran) or LAMMPS failed.</returns>
    /// <exception cref="InputException">The disk is full or the folder gone.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public CrystalOutcome Make(int index, int attempt, CancellationToken cancellation)
    {
        long start = time.GetTimestamp();
        CrystalPlan plan = CrystalPlan.Draw(options.Recipe, options.Seed, index, attempt);
        if (CrystalBuilder.Build(plan, options.Recipe) is not { } crystal)
        {
            return new CrystalOutcome(null, null, 0, TimeSpan.Zero, time.GetElapsedTime(start));
        }

        string work = folder.NewWorkFolder(index, attempt);
        long begun = time.GetTimestamp();
        try
        {
            RelaxedCrystal relaxed = runner.Run(plan, crystal, work, cancellation);
            TimeSpan lammps = time.GetElapsedTime(begun);
            Directory.Delete(work, recursive: true);
            using var scope = NewDisposeScope();
            AtomicDisplacement atoms = AtomicDisplacement.Between(crystal.Sites, relaxed.Positions);
            CrystalRecord record = CrystalRecordFactory.Create(options.Recipe, plan, crystal, relaxed, atoms);
            if (options.Examples is { } wanted)
            {
                WriteExample(wanted, index, atoms);
            }

            return new CrystalOutcome(record, null, crystal.Count, lammps, time.GetElapsedTime(start) - lammps);
        }
        catch (LammpsException error)
        {
            folder.RequireRoom(BytesPerAtom * crystal.Count);
            TimeSpan lammps = time.GetElapsedTime(begun);
            string kept = folder.FailurePath(index, attempt);
            Directory.CreateDirectory(Path.GetDirectoryName(kept)!);
            if (Directory.Exists(kept))
            {
                Directory.Delete(kept, recursive: true);
            }

            Directory.Move(work, kept);
            return new CrystalOutcome(null, error.Message, crystal.Count, lammps, time.GetElapsedTime(start) - lammps);
        }
    }

    private void WriteExample(ExampleOptions wanted, int index, AtomicDisplacement atoms)
    {
        SeededRandom random = new(options.Seed, index, -1);
        double drawn = random.Between(wanted.SmallestOversampling, wanted.LargestOversampling);
        double oversampling = Math.Max(drawn, wanted.LeastOversampling(FieldBuilder.Extent(atoms.Positions).Max()));
        using BraggExample example = BraggExample.Of(
            atoms,
            wanted.Reflection,
            wanted.Size,
            oversampling,
            wanted.Photons
        );
        using Generator generator = new((ulong)random.Whole(0, int.MaxValue - 1));
        using Tensor counts = example.Count(generator);
        string path = folder.ExamplePath(index);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        BraggExampleFile.Write(
            path,
            counts.ToRealVolume(),
            example.Object.ToComplexVolume(),
            wanted.Reflection,
            example.VoxelLatticeUnits * options.Recipe.LatticeConstantNanometres,
            oversampling
        );
    }
}

/// <summary>What became of one attempt.</summary>
/// <param name="Record">The crystal, where there is one.</param>
/// <param name="Failure">Why LAMMPS did not make it; null also where the planes left too little.</param>
/// <param name="Atoms">Atoms of the crystal.</param>
/// <param name="LammpsTime">Time inside LAMMPS.</param>
/// <param name="OtherTime">All other time.</param>
internal sealed record CrystalOutcome(
    CrystalRecord? Record,
    string? Failure,
    int Atoms,
    TimeSpan LammpsTime,
    TimeSpan OtherTime
);
