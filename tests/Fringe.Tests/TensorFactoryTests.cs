using System.Text.RegularExpressions;
using Fringe.Tests.Fixtures;

namespace Fringe.Tests;

/// <summary>
/// Where tensors are born: what computes says on which device, so that nothing meets a tensor of the CPU on another one by accident. What is
/// made of managed arrays is born on the CPU; it stands in a list.
/// </summary>
public sealed partial class TensorFactoryTests
{
    // Source file -> calls without a device, and why that is right.
    private static readonly Dictionary<string, int> OnTheCpu = new()
    {
        // Copies of managed volumes, and readers of patterns, which are on the CPU until a method takes them to its device.
        ["Fringe.Core/Volumes/DiffractionPattern.cs"] = 2,
        ["Fringe.Core/Volumes/TensorTransfer.cs"] = 1,
        ["Fringe.Core/Diffraction/BlockDct.cs"] = 1,
        ["Fringe.Core/Phasing/FreeVoxels.cs"] = 1,
        ["Fringe.Core/Phasing/Projections/InitialSupport.cs"] = 1,
        ["Fringe.Core/Geometry/OrthogonalResampler.cs"] = 1,
        // Drawn by .NET's generator, then taken to the device.
        ["Fringe.Core/Phasing/Projections/Iterate.cs"] = 2,
        // Taken to the device in the same line; a scalar, which may stand beside any device's tensor; three numbers, copied.
        ["Fringe.Core/Metrics/TrivialTransforms.cs"] = 3,
        ["Fringe.Core/Diffraction/PartialCoherence.cs"] = 2,
        // Says that it works on the CPU.
        ["Fringe.Learning/Prediction/NetworkInput.cs"] = 4,
        // Parameters are born on the CPU and moved with their module; what is read is copied into them.
        ["Fringe.Learning/Networks/Convolution.cs"] = 3,
        ["Fringe.Learning/Networks/NetworkWeights.cs"] = 1,
    };

    [Fact]
    public void Factories_InWhatComputes_SayTheirDevice()
    {
        string source = Path.Combine(Repository.Root, "src");
        Dictionary<string, int> found = new[] { "Fringe.Core", "Fringe.Learning" }
            .SelectMany(project =>
                Directory.EnumerateFiles(Path.Combine(source, project), "*.cs", SearchOption.AllDirectories)
            )
            .Select(file => Path.GetRelativePath(source, file).Replace('\\', '/'))
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !IsArithmetic(file))
            // Examples and own crystals are made on the CPU.
            .Where(file => !file.StartsWith("Fringe.Learning/Augmentation/", StringComparison.Ordinal))
            .Select(file => (File: file, Count: WithoutDevice(File.ReadAllText(Path.Combine(source, file)))))
            .Where(pair => pair.Count > 0)
            .ToDictionary(pair => pair.File, pair => pair.Count);

        Assert.Equal(
            OnTheCpu.OrderBy(pair => pair.Key, StringComparer.Ordinal),
            found.OrderBy(pair => pair.Key, StringComparer.Ordinal)
        );
    }

    [Theory]
    [InlineData("Tensor a = zeros([2, f(3)], type);", 1)]
    [InlineData("Tensor a = zeros([2, f(3)],\n type, psi.device);", 0)]
    [InlineData("Tensor a = zeros_like(psi) + tensor(values, device: home) + TensorArithmetic.Indices(3, type);", 1)]
    [InlineData("Tensor a = ones(psi.shape, type, problem.Device);", 0)]
    [InlineData("// zeros(3)\n/// ones(3)\nTensor a = x.ToTensor(3);", 0)]
    public void WithoutDevice_Code_CountsCalls(string code, int expected) =>
        Assert.Equal(expected, WithoutDevice(code));

    private static bool IsArithmetic(string file) => file == "Fringe.Core/Tensors/TensorArithmetic.cs";

    private static int WithoutDevice(string code)
    {
        string plain = Comment().Replace(code, "");
        return Factory().Matches(plain).Count(match => !Device().IsMatch(Arguments(plain, match.Index + match.Length)));
    }

    // From behind the opening bracket to the closing one.
    private static string Arguments(string code, int begin)
    {
        int depth = 1;
        int end = begin;
        for (; depth > 0; end++)
        {
            depth += code[end] switch
            {
                '(' => 1,
                ')' => -1,
                _ => 0,
            };
        }

        return code[begin..(end - 1)];
    }

    [GeneratedRegex(
        @"(?<![\w.])(?:TensorArithmetic\s*\.\s*(?:Indices|Filled)|(?:fft\.r?fftfreq|zeros|ones|full|empty|eye|tensor|as_tensor|from_array|"
            + @"arange|linspace|logspace|rand|randn|randint|randperm|normal|hann_window|kaiser_window))\("
    )]
    private static partial Regex Factory();

    [GeneratedRegex(@"(?<![\w])(?:device|home|\w+\.[dD]evice)(?!\w)")]
    private static partial Regex Device();

    [GeneratedRegex("//.*")]
    private static partial Regex Comment();
}
