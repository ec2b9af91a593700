using Fringe.Core;
using Fringe.Core.Diffraction;
using Fringe.Core.Geometry;
using Fringe.Core.Phasing.Uncertainty;
using Fringe.Core.Preparation;
using Fringe.Imaging.Methods;

namespace Fringe.Imaging;

/// <summary>All that an answer depends on beside the measurement: plain data, equal by value.</summary>
public sealed record ImagingOptions : IOptions
{
    /// <summary>How the stack becomes a pattern.</summary>
    public PreparationOptions Preparation { get; init; } = new();

    /// <summary>How the pattern becomes an object.</summary>
    public ImagingMethod Method { get; init; } = new Automatic();

    /// <summary>Share of the measured voxels kept out of the fit to judge it by, 0 to 0.5.</summary>
    public double FreeFraction { get; init; } = 0.03;

    /// <summary>How often the result is found again on photons drawn anew, for its uncertainty; 0 = none, or 2 and more.</summary>
    public int Replicas { get; init; } = new BootstrapOptions().Replicas;

    /// <summary>Frame of the crystal in nm, where a geometry is known.</summary>
    public ObjectFrame Frame { get; init; } = ObjectFrame.Laboratory;

    /// <summary>Which reflection of a cubic crystal was measured; null leaves the lattice constant out.</summary>
    public MillerIndices? Reflection { get; init; }

    /// <summary>Of free voxels, random starts and replicas: the same seed, machine and thread count give the same bytes.</summary>
    public int Seed { get; init; } = 1;

    /// <inheritdoc/>
    public IEnumerable<OptionProblem> Validate()
    {
        foreach (OptionProblem problem in Preparation.Validate())
        {
            yield return problem.Within(nameof(Preparation));
        }

        foreach (OptionProblem problem in Method.Validate())
        {
            yield return problem.Within(nameof(Method));
        }

        if (FreeFraction is not (>= 0 and <= 0.5))
        {
            yield return new(nameof(FreeFraction), "must lie between 0 and 0.5");
        }

        if (Reflection is { H: 0, K: 0, L: 0 })
        {
            yield return new(nameof(Reflection), "must be a reflection such as 111, not 000");
        }

        if (Replicas is not (0 or (>= 2 and <= BootstrapOptions.MostReplicas)))
        {
            yield return new(nameof(Replicas), $"must be 0 or 2 to {BootstrapOptions.MostReplicas}");
        }
    }
}
