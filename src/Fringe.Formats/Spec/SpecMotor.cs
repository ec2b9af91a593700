namespace Fringe.Formats.Spec;

/// <summary>A motor and where it stood when a scan began.</summary>
/// <param name="Name">As in the header's <c>#O</c> lines.</param>
/// <param name="Mnemonic">As in the <c>#o</c> lines and in commands; null where the file has none.</param>
/// <param name="Value">From the scan's <c>#P</c> lines, in the motor's own unit; NaN where the file has no number.</param>
public sealed record SpecMotor(string Name, string? Mnemonic, double Value)
{
    /// <summary>Whether the motor goes by that name; names are compared as they are written.</summary>
    public bool IsCalled(string name) => name == Name || name == Mnemonic;
}
