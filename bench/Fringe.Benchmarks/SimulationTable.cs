using Fringe.Core.Diffraction;
using Fringe.Core.Metrics;
using Fringe.Core.Volumes;
using Fringe.Formats.Crystals;
using Fringe.Imaging.Figures;
using Fringe.Learning.Augmentation;
using Fringe.Simulation.Crystals;
using Fringe.Simulation.Lammps;
using Fringe.Simulation.TrainingSet;
using Spectre.Console;
using static TorchSharp.torch;

namespace Fringe.Benchmarks;

/// <summary>
/// How much of a simulation's time is LAMMPS' own, what a second worker brings, and how far the object made from a crystal's
/// stored fields is from the one made from its atoms.
/// </summary>
internal static class SimulationTable
{
    private const int Timed = 12;
    private const int Compared = 10;
    private const int Size = 32;

    public static void Run(string results)
    {
        set_num_threads(1);
        LammpsInstallation lammps = LammpsInstallation.Find(null, null);
        string text = $"""
            # Simulated crystals: time and fidelity

            `dotnet run --project bench/Fringe.Benchmarks -c Release -- simulation` ({Environment.ProcessorCount} cores, LAMMPS {lammps.Version}).

            ## Time
            Blocks of 9.2 nm that one plane hardly cuts, about 46 000 atoms; the same {Timed} crystals each time, relaxed twice. The two runs follow each
            other, so a ratio beyond 2 is the machine's own drift.

            | workers | crystals | atoms, mean | time, s | crystals an hour | inside LAMMPS |
            |---|---|---|---|---|---|
            {Time(lammps)}

            ## From fields or from atoms
            {Compared} crystals (blocks of 6 to 10 nm), reflection 111, {Size}^3, oversampling 1.5 along the longest axis. The stored fields
            (density and displacement on 40^3) give an object as augmentation does (drawn twice as fine, edges steepened, cut out of its far field); the atoms give it exactly. Distance: real-space error.

            | crystal | atoms | phase range, rad | distance |
            |---|---|---|---|
            {Fidelity(lammps)}
            """;
        File.WriteAllText(Path.Combine(results, "simulation.md"), text + "\n");
    }

    private static string Time(LammpsInstallation lammps)
    {
        CrystalRecipe recipe = new()
        {
            SmallestBlockNanometres = 9.2,
            LargestBlockNanometres = 9.2,
            FewestPlanes = 1,
            MostPlanes = 1,
            NearestPlane = 0.95,
            FarthestPlane = 1,
        };
        List<string> rows = [];
        double single = 0;
        foreach (int workers in new[] { 1, 2 })
        {
            TrainingSetOptions options = new()
            {
                Recipe = recipe,
                Workers = workers,
                Count = Timed,
            };
            using TemporarySet set = new();
            long start = TimeProvider.System.GetTimestamp();
            SimulationProgress made = set.Make(lammps, options);
            TimeSpan elapsed = TimeProvider.System.GetElapsedTime(start);
            double hourly = made.Done / elapsed.TotalHours;
            single = workers == 1 ? hourly : single;
            double atoms = set.Crystals().Average(crystal => crystal.Atoms);
            double share = made.LammpsTime / (elapsed * workers);
            string row =
                $"| {workers} | {made.Done} | {atoms:F0} | {elapsed.TotalSeconds:F1} | {hourly:F0} ({hourly / single:F2} x) | {100 * share:F1} % |";
            AnsiConsole.WriteLine(row);
            rows.Add(row);
        }

        return string.Join('\n', rows);
    }

    private static string Fidelity(LammpsInstallation lammps)
    {
        TrainingSetOptions options = new()
        {
            Count = Compared,
            Workers = Environment.ProcessorCount,
            Seed = 77,
            Recipe = new CrystalRecipe
            {
                SmallestBlockNanometres = 6,
                LargestBlockNanometres = 10,
                FewestAtoms = 2500,
                ClampedFraction = 0.5,
            },
            Examples = new ExampleOptions
            {
                Size = Size,
                SmallestOversampling = 1.5,
                LargestOversampling = 1.5,
                Photons = 1e12,
            },
        };
        using TemporarySet set = new();
        set.Make(lammps, options);
        List<string> rows = [];
        List<double> distances = [];
        foreach (CrystalRecord crystal in set.Crystals())
        {
            using var scope = NewDisposeScope();
            (ComplexVolume truth, double voxelNanometres) = BraggExampleReader.ReadTruth(set.Example(crystal.Index));
            double voxel = voxelNanometres / options.Recipe.LatticeConstantNanometres;
            // Drawn twice as fine and cut out of its far field, as examples to learn from are.
            Tensor fine = FieldObject.Of(crystal.ToFields(), options.Examples.Reflection, 2 * Size, voxel / 2);
            Tensor field = ForwardModel.Propagate(fine);
            Tensor seen = field.narrow(0, Size / 2, Size).narrow(1, Size / 2, Size).narrow(2, Size / 2, Size);
            Tensor psi = ForwardModel.PropagateBack(seen.contiguous());
            double distance = RealSpaceError.Of(psi, truth.ToTensor());
            distances.Add(distance);
            string row =
                $"| {crystal.Index} | {crystal.Atoms} | {NumberText.Figure(crystal.PhaseRange111Radians)} | {distance:F4} |";
            AnsiConsole.WriteLine(row);
            rows.Add(row);
        }

        distances.Sort();
        rows.Add($"| median | | | {0.5 * (distances[Compared / 2] + distances[(Compared / 2) - 1]):F4} |");
        return string.Join('\n', rows);
    }

    /// <summary>A set in a folder that goes away.</summary>
    private sealed class TemporarySet : IDisposable
    {
        private readonly string folder = Directory.CreateTempSubdirectory("fringe-bench-").FullName;

        public SimulationProgress Make(LammpsInstallation lammps, TrainingSetOptions options) =>
            new TrainingSetGenerator(lammps, options, TimeProvider.System).Run(
                folder,
                "bench",
                new Progress<SimulationProgress>(),
                default
            );

        public IEnumerable<CrystalRecord> Crystals() =>
            CrystalSetFiles.Of(folder).SelectMany(file => CrystalShardReader.Read(file).Crystals);

        public string Example(int index) => Path.Combine(folder, "examples", $"crystal-{index:D7}.h5");

        public void Dispose() => Directory.Delete(folder, recursive: true);
    }
}
