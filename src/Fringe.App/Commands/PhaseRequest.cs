using Fringe.Imaging;

namespace Fringe.App.Commands;

/// <summary>One measurement that a command line asks for.</summary>
internal sealed record PhaseRequest
{
    /// <summary>Where it lies.</summary>
    public required MeasurementSource Source { get; init; }

    /// <summary>What is made of it.</summary>
    public required ImagingOptions Options { get; init; }

    /// <summary>null = a new folder under <c>fringe-output</c> named after the input.</summary>
    public string? Output { get; init; }

    /// <summary>Text of the file that asks for the same again.</summary>
    public string RunFile { get; init; } = "";

    /// <summary>Replace a result in the output folder.</summary>
    public bool Force { get; init; }
}
