using System.Diagnostics;
using Fringe.Core;
using Fringe.Simulation.Crystals;
using Fringe.Simulation.Diffraction;
using Fringe.Simulation.Lammps;
using Fringe.Tests.Fixtures;

namespace Fringe.Tests.Simulation.Lammps;

public sealed class LammpsRunnerTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Run_UnstrainedCrystal_RelaxesToGold()
    {
        AtomicCrystal crystal = SimulatedCrystals.Facetted();
        CrystalPlan plan = SimulatedCrystals.Plan([]) with { Strain = new double[6], Tolerance = 1e-9 };

        RelaxedCrystal relaxed = Runner().Run(plan, crystal, folder.Path, TestContext.Current.CancellationToken);

        // Bulk gold of this potential has -3.93 eV an atom at 4.08 A; the surface of a small crystal costs some.
        Assert.InRange(relaxed.EnergyPerAtomElectronvolts, -3.93, -3.70);
        Assert.InRange(relaxed.FirstSteps, 20, 1000);
        // The surface pulls the crystal together: it shrinks, by under 1.5 %, evenly along the axes.
        double[] gradient = AtomicDisplacement.Between(crystal.Sites, relaxed.Positions).MeanGradient;
        foreach (int diagonal in new[] { 0, 4, 8 })
        {
            Assert.InRange(gradient[diagonal], -0.015, 0);
        }
    }

    [Fact]
    public void Run_StoppedEarly_KeepsTheBoxsStrain()
    {
        AtomicCrystal crystal = SimulatedCrystals.Facetted();
        CrystalPlan strained = SimulatedCrystals.Plan([]) with { Tolerance = 1e-2 };
        CrystalPlan unstrained = strained with { Strain = new double[6] };

        double[] with = Gradient(crystal, strained);
        double[] without = Gradient(crystal, unstrained);

        // One step only: what was applied (xx, yy, zz, xy, xz, yz) is there beside what the surface does.
        int[] places = [0, 4, 8, 1, 2, 5];
        for (int i = 0; i < 6; i++)
        {
            Assert.Equal(strained.Strain[i], with[places[i]] - without[places[i]], 5e-4);
        }

        double[] Gradient(AtomicCrystal of, CrystalPlan plan)
        {
            using TemporaryFolder work = new();
            RelaxedCrystal relaxed = Runner().Run(plan, of, work.Path, TestContext.Current.CancellationToken);
            return AtomicDisplacement.Between(of.Sites, relaxed.Positions).MeanGradient;
        }
    }

    [Fact]
    public void Run_ClampedFacet_HoldsItsStrainWhileTheRestGivesItUp()
    {
        AtomicCrystal crystal = SimulatedCrystals.Facetted(isClamped: true);
        CrystalPlan plan = SimulatedCrystals.Plan([]) with
        {
            IsClamped = true,
            Tolerance = CrystalRecipe.EquilibriumTolerance,
            Strain = [0.01, 0.01, 0.01, 0, 0, 0],
        };

        (double held, double free) = Strains(plan);
        (double heldBefore, double freeBefore) = Strains(plan with { Strain = new double[6] });

        Assert.Equal(0.01, held - heldBefore, 2e-4);
        Assert.InRange(free - freeBefore, 0, 0.006);

        (double Held, double Free) Strains(CrystalPlan of)
        {
            using TemporaryFolder work = new();
            RelaxedCrystal relaxed = Runner().Run(of, crystal, work.Path, TestContext.Current.CancellationToken);
            return (StrainOf(crystal, relaxed, isHeld: true), StrainOf(crystal, relaxed, isHeld: false));
        }
    }

    [Fact]
    public void Run_ExitCode_IsAFailureWithItsReason()
    {
        LammpsException error = Assert.Throws<LammpsException>(() =>
            RunFake("echo 'ERROR: Lost atoms: 3' > log.lammps; exit 1")
        );

        Assert.Contains("ERROR: Lost atoms: 3", error.Message);
    }

    [Fact]
    public void Run_Hangs_IsEndedAtTheLimit()
    {
        long start = Stopwatch.GetTimestamp();
        LammpsException error = Assert.Throws<LammpsException>(() =>
            RunFake("sleep 60", TimeSpan.FromMilliseconds(500))
        );

        Assert.Contains("hung", error.Message);
        Assert.InRange(Stopwatch.GetElapsedTime(start).TotalSeconds, 0.4, 20);
    }

    [Fact]
    public void Run_NoOutput_IsAFailure() =>
        Assert.Contains("not usable", Assert.Throws<LammpsException>(() => RunFake("exit 0")).Message);

    [Fact]
    public void Run_Cancelled_EndsLammps()
    {
        using CancellationTokenSource source = new(TimeSpan.FromMilliseconds(300));
        AtomicCrystal crystal = SimulatedCrystals.Facetted();
        LammpsRunner runner = new(Fake("sleep 60"), SimulatedCrystals.Small, TimeSpan.FromMinutes(2));

        Assert.Throws<OperationCanceledException>(() =>
            runner.Run(SimulatedCrystals.Plan([]), crystal, folder.Path, source.Token)
        );
    }

    [Fact]
    public void Find_NoProgram_NamesThePackage()
    {
        string line = Assert.Throws<InputException>(() => LammpsInstallation.Find("no-such-lmp", null)).Message;

        Assert.Contains("apt install lammps", line);
        Assert.Contains("`LammpsPath`", line);
    }

    [Fact]
    public void Find_NoPotential_NamesThePackage()
    {
        string line = Assert.Throws<InputException>(() => LammpsInstallation.Find("/bin/sh", "None.eam")).Message;

        Assert.Contains("lammps-data", line);
    }

    [Fact]
    public void Find_AnotherProgram_SaysThatItIsNotLammps() =>
        Assert.Contains(
            "does not answer like LAMMPS",
            Assert.Throws<InputException>(() => LammpsInstallation.Find("/bin/true", folder.File("a.eam", ""))).Message
        );

    private static LammpsRunner Runner()
    {
        ExternalTool.Require("lmp", "-h");
        return new LammpsRunner(LammpsInstallation.Find(null, null), SimulatedCrystals.Small, TimeSpan.FromMinutes(5));
    }

    private static double StrainOf(AtomicCrystal crystal, RelaxedCrystal relaxed, bool isHeld)
    {
        int[] atoms = [.. Enumerable.Range(0, crystal.Count).Where(atom => crystal.IsClamped[atom] == isHeld)];
        double[] Pick(double[] all) => [.. atoms.SelectMany(atom => all[(3 * atom)..((3 * atom) + 3)])];
        double[] gradient = AtomicDisplacement.Between(Pick(crystal.Sites), Pick(relaxed.Positions)).MeanGradient;
        return (gradient[0] + gradient[4] + gradient[8]) / 3;
    }

    private RelaxedCrystal RunFake(string script, TimeSpan? limit = null) =>
        new LammpsRunner(Fake(script), SimulatedCrystals.Small, limit ?? TimeSpan.FromMinutes(1)).Run(
            SimulatedCrystals.Plan([]),
            SimulatedCrystals.Facetted(),
            folder.Path,
            TestContext.Current.CancellationToken
        );

    private LammpsInstallation Fake(string script) =>
        LammpsInstallation.Find(FakeLammps.Write(folder.File("lmp"), script), folder.File("a.eam", "potential"));
}
