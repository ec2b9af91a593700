using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Fringe.Formats.Crystals;
using Fringe.Simulation.CrystalSets;

namespace Fringe.App.Pages;

/// <summary><c>report.json</c>: the numbers of a report on a set, for scripts.</summary>
internal static class CrystalSetJson
{
    private const int Digits = 6;

    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static byte[] Render(CrystalSetData data)
    {
        CrystalProvenance made = data.Provenance;
        JsonObject figures = [];
        IEnumerable<CrystalFigure> all = CrystalFigures.Of(data);
        foreach (CrystalFigure figure in CrystalFigures.LammpsSeconds(data) is { } time ? all.Append(time) : all)
        {
            figures[figure.Key] = Statistics(figure);
        }

        JsonObject report = new()
        {
            ["crystals"] = data.Crystals.Count,
            ["is_finished"] = !data.IsUnfinished,
            ["shards"] = data.Shards,
            ["crystals_outside_shards"] = data.Parts,
            ["clamped"] = data.Crystals.Count(crystal => crystal.IsClamped),
            ["splits"] = new JsonObject
            {
                ["train"] = data.Crystals.Count(crystal => crystal.Split == CrystalSplit.Train),
                ["validation"] = data.Crystals.Count(crystal => crystal.Split == CrystalSplit.Validation),
                ["test"] = data.Crystals.Count(crystal => crystal.Split == CrystalSplit.Test),
            },
            ["provenance"] = new JsonObject
            {
                ["seed"] = made.Seed,
                ["recipe"] = Recipe(made.Recipe),
                ["lammps_version"] = made.LammpsVersion,
                ["potential"] = made.Potential,
                ["potential_sha256"] = made.PotentialHash,
                ["program_version"] = made.ProgramVersion,
                ["lattice_constant_nm"] = made.LatticeConstantNanometres,
                ["is_the_same_in_all_files"] = data.IsOfOneKind,
            },
            ["figures"] = figures,
            ["throughput"] = data.Throughput is { } throughput ? Speed(throughput) : null,
        };
        return Encoding.UTF8.GetBytes(report.ToJsonString(Indented) + "\n");
    }

    private static JsonObject Statistics(CrystalFigure figure) =>
        new()
        {
            ["name"] = figure.Name,
            ["unit"] = figure.Unit,
            ["meaning"] = figure.Meaning,
            ["count"] = figure.Values.Count,
            ["least"] = Number(figure.Least),
            ["median"] = Number(figure.Median),
            ["most"] = Number(figure.Most),
        };

    private static JsonObject Speed(Throughput throughput) =>
        new()
        {
            ["crystals_made"] = throughput.Made,
            ["runs_failed"] = throughput.Failed,
            ["running_s"] = Number(throughput.Running.TotalSeconds),
            ["pauses"] = throughput.Pauses,
            ["crystals_per_hour"] = Number(throughput.CrystalsPerHour),
            ["crystals_at_a_time"] = Number(throughput.AtATime),
            ["share_inside_lammps"] = Number(throughput.LammpsShare),
        };

    private static JsonNode? Recipe(string json)
    {
        try
        {
            return JsonNode.Parse(json);
        }
        catch (JsonException)
        {
            return json;
        }
    }

    // Six digits: what is measured is not known better, and a sum in another order changes the rest.
    private static JsonNode? Number(double value) =>
        !double.IsFinite(value) ? null
        : value == 0 ? 0.0
        : Math.Round(value, Math.Clamp(Digits - 1 - (int)Math.Floor(Math.Log10(Math.Abs(value))), 0, 15));
}
