namespace Fringe.App.Terminal;

/// <summary>How a run shows its progress.</summary>
internal enum ProgressMode
{
    /// <summary>A bar on a terminal, a few plain lines anywhere else.</summary>
    Automatic,

    /// <summary>Nothing, for <c>--json</c> and <c>--quiet</c>.</summary>
    Silent,
}
