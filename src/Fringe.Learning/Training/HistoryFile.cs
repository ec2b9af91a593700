using Fringe.Core;

namespace Fringe.Learning.Training;

/// <summary><c>history.csv</c>: one line an epoch.</summary>
public static class HistoryFile
{
    /// <summary>The file's name.</summary>
    public const string Name = "history.csv";

    /// <summary>Adds a line; an epoch that is done again after a kill takes the place of its first try.</summary>
    /// <exception cref="InputException">It cannot be written.</exception>
    public static void Append(string folder, EpochRecord record)
    {
        string path = Path.Combine(folder, Name);
        string aside = path + ".partial";
        try
        {
            IEnumerable<string> before = File.Exists(path)
                ? File.ReadAllLines(path).Skip(1).Take(record.Epoch - 1)
                : [];
            File.WriteAllLines(aside, [EpochRecord.Header, .. before, record.ToCsv()]);
            File.Move(aside, path, overwrite: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw InputException.ForFile(path, $"cannot be written ({error.Message}); free some space", inner: error);
        }
    }
}
