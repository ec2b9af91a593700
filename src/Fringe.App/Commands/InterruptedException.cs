namespace Fringe.App.Commands;

/// <summary>A run was interrupted, and its message says what is kept of it.</summary>
internal sealed class InterruptedException(string message) : OperationCanceledException(message);
