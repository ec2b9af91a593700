using System.Globalization;
using Fringe.Core.Metrics;
using Fringe.Core.Volumes;
using Fringe.Formats.Npy;
using Fringe.Tests.Fixtures;
using static TorchSharp.torch;

namespace Fringe.Tests.Core.Metrics;

[LeakCheck]
[Collection(TensorTests.Name)]
public sealed class RealSpaceErrorTests
{
    public static TheoryData<string> Changes => ["none", "shift", "ramp", "twin", "phase", "all", "noise"];

    [Theory]
    [MemberData(nameof(Changes))]
    public void Of_ChangedObject_AgreesWithTheReferenceScript(string change)
    {
        string script = ReferenceScript();
        using var scope = NewDisposeScope();
        using SyntheticProblem problem = SyntheticProblems.Create(new("object") { Size = 24 });
        Tensor truth = TestTensors.Blurred(problem.Truth);
        Tensor other = Change(truth, change);
        using var folder = new TemporaryFolder();
        NpyFile.Write(folder.File("o.npy"), other.ToComplexVolume());
        NpyFile.Write(folder.File("t.npy"), truth.ToComplexVolume());

        string printed = ExternalTool.RunPython(
            "import sys, runpy, numpy; m = runpy.run_path(sys.argv[1]); "
                + "print(m['score'](numpy.load(sys.argv[2]), numpy.load(sys.argv[3]))['E'])",
            [script, folder.File("o.npy"), folder.File("t.npy")],
            "numpy",
            "scipy"
        );

        double wanted = double.Parse(printed, CultureInfo.InvariantCulture);
        double found = RealSpaceError.Of(other, truth);
        Assert.Equal(wanted, found, 1e-3);
        Assert.InRange(found, -1e-6, change == "noise" ? 0.5 : 1e-3);
    }

    [Fact]
    public void Of_UnrelatedObjects_IsNearOne()
    {
        using var scope = NewDisposeScope();

        double error = RealSpaceError.Of(
            TestTensors.RandomComplex(1, 12, 12, 12),
            TestTensors.RandomComplex(2, 12, 12, 12)
        );

        // The best of all shifts and ramps of 1728 random voxels still fits a little.
        Assert.InRange(error, 0.9, 1);
    }

    [Fact]
    public void Align_ShiftedTwin_SaysHowItMovedAndMovesTheSupport()
    {
        using var scope = NewDisposeScope();
        using SyntheticProblem problem = SyntheticProblems.Create(new("object") { Size = 20 });
        Tensor other = TrivialTransforms.Translate(TrivialTransforms.Twin(problem.Truth), [2, -3, 1]);
        Tensor support = TrivialTransforms.Invert(problem.Support).roll([2, -3, 1], [0, 1, 2]);

        using AlignedObject aligned = Alignment.Align(problem.Truth, other, removeRamp: false);

        Assert.True(aligned.IsTwin);
        Assert.Equal(1, aligned.Correlation, 1e-5);
        Assert.InRange(TestTensors.Difference(aligned.Object, problem.Truth), 0, 1e-3);
        Assert.True(aligned.MoveSupport(support).Equals(problem.Support));
        // The twin of a thing that was moved by d has moved by -d, and goes back by d.
        Assert.Equal([2, 17, 1], aligned.Moved.Select(voxels => (Math.Round(voxels) + 20) % 20));
    }

    private static Tensor Change(Tensor psi, string change) =>
        change switch
        {
            "none" => psi.clone(),
            "shift" => TrivialTransforms.Translate(psi, [1.3, -2.6, 0.45]),
            "ramp" => TrivialTransforms.Modulate(psi, [0.7, -1.2, 0.4]),
            "twin" => TrivialTransforms.Twin(psi),
            "phase" => psi * polar(tensor(1f), tensor(2.1f)),
            "all" => TrivialTransforms.Translate(
                TrivialTransforms.Modulate(TrivialTransforms.Twin(psi), [0.3, 1.1, -0.6]),
                [2.5, 0.2, -1.7]
            ) * polar(tensor(1f), tensor(-1f)),
            _ => psi + (TestTensors.RandomComplex(5, psi.shape) * psi.abs() * 0.3),
        };

    // Beside the repository, where the project's data lie too.
    private static string ReferenceScript()
    {
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            string script = Path.Combine(at.FullName, "shared", "tools", "real_space_error.py");
            if (File.Exists(script))
            {
                return script;
            }
        }

        Assert.Skip("shared/tools/real_space_error.py is not beside the repository");
        return "";
    }
}
