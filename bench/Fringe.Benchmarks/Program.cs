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
            "usage: dotnet run --project bench/Fringe.Benchmarks -c Release -- iteration|busy|problems|measured|prediction"
        );
        return 2;
}
