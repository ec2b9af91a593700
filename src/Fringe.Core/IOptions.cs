namespace Fringe.Core;

/// <summary>
/// What a result depends on beside what was measured: plain data, equal by value, to JSON and back. Everything public that takes options
/// refuses impossible ones before it works.
/// </summary>
public interface IOptions
{
    /// <summary>Every problem of these options; empty when they can be used.</summary>
    IEnumerable<OptionProblem> Validate();
}
