using Fringe.App;
using Fringe.Benchmarks;
using Spectre.Console;

NativeRuntime.Configure();
string results = ResultsFolder.Find();
switch (args.FirstOrDefault())
{
    case "iteration":
        IterationBenchmark.Run(results);
        return 0;
    case "problems":
        ProblemsTable.Run(results);
        return 0;
    case "measured":
        MeasuredTable.Run(results);
        return 0;
    case "simulation":
        SimulationTable.Run(results);
        return 0;
    case "refinement":
        RefinementTable.Run(results, double.Parse(args.ElementAtOrDefault(1) ?? "1e7"), args.ElementAtOrDefault(2));
        return 0;
    case "refined-measured":
        RefinedMeasuredTable.Run(results);
        return 0;
    case "refined-scale":
        RefinedScaleTable.Run(results);
        return 0;
    case "prediction":
        NativeRuntime.KeepMemory();
        PredictionBenchmark.Run(results);
        return 0;
    case "busy":
        BusyMachineBenchmark.Run(results);
        return 0;
    case "busy-run":
        BusyMachineBenchmark.RunOnce();
        return 0;
    default:
        AnsiConsole.WriteLine(
            "usage: dotnet run --project bench/Fringe.Benchmarks -c Release -- "
                + "iteration|busy|problems|measured|simulation|refinement [PHOTONS [FOLDER]]|refined-measured|refined-scale|prediction"
        );
        return 2;
}
