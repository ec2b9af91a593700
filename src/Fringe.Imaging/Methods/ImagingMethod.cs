using Fringe.Core;
using Fringe.Core.Phasing.Combining;

namespace Fringe.Imaging.Methods;

/// <summary>A way from a prepared pattern to the object, with its own options: plain data, equal by value.</summary>
public abstract record ImagingMethod : IOptions
{
    /// <summary>The word for it: in options, files and on the command line.</summary>
    public abstract string Name { get; }

    /// <summary>Whether it begins with the network's prediction of a pattern.</summary>
    /// <param name="shape">Of the pattern, <c>[z, y, x]</c>.</param>
    public virtual bool UsesNetwork(IReadOnlyList<long> shape) => false;

    /// <summary>Whether it may begin with the network's prediction, for a pattern that is not known yet.</summary>
    public virtual bool MayUseNetwork => false;

    /// <summary>How many of the network's objects it begins with, where it uses the network.</summary>
    internal virtual int Predictions => 1;

    /// <inheritdoc/>
    public abstract IEnumerable<OptionProblem> Validate();

    /// <summary>The starts, and what becomes of them.</summary>
    /// <param name="known">What is known before.</param>
    internal abstract StartPlan Plan(KnownBefore known);
}
