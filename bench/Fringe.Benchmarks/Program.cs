using Fringe.App.Runtime;
using Fringe.Benchmarks;
using Fringe.Benchmarks.Hard;
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
        NativeRuntime.KeepMemory();
        RefinementTable.Run(results, double.Parse(args[1]), args[2]);
        return 0;
    case "partial":
        NativeRuntime.KeepMemory();
        PartialDataTable.Run(results, args[1]);
        return 0;
    case "masks":
        NativeRuntime.KeepMemory();
        MaskTable.Run(results, args[1]);
        return 0;
    case "refined-measured":
        NativeRuntime.KeepMemory();
        RefinedMeasuredTable.Run(results);
        return 0;
    case "verdict":
        NativeRuntime.KeepMemory();
        VerdictTable.Run(results, args[1]);
        return 0;
    case "hard":
        NativeRuntime.KeepMemory();
        return HardOptions.Parse(args[1..], options => HardTable.Run(results, options));
    case "uncertainty":
        NativeRuntime.KeepMemory();
        UncertaintyTable.Run(results, args[1]);
        return 0;
    case "spread":
        NativeRuntime.KeepMemory();
        if (args.Length > 2)
        {
            SpreadStudy.Run(args[1], args[2]);
        }
        else
        {
            SpreadTable.Run(results, args[1]);
        }

        return 0;
    case "live":
        NativeRuntime.KeepMemory();
        LiveTable.Run(results);
        return 0;
    case "scans":
        ScanTable.Run(results);
        return 0;
    case "refined-scale":
        RefinedScaleTable.Run(results);
        return 0;
    case "prediction":
        NativeRuntime.KeepMemory();
        PredictionBenchmark.Run(results);
        return 0;
    case "search":
        NativeRuntime.KeepMemory();
        NetworkSearch.Run(results, args[1], int.Parse(args[2]));
        return 0;
    case "down-sampling":
        DownSamplingTable.Run(args[1]);
        return 0;
    case "figures":
        FigurePage.Write(results);
        return 0;
    case "cold":
        ColdStartTable.Run(results, args.ElementAtOrDefault(1));
        return 0;
    case "fuzz":
        FuzzTable.Run(results, args.Length > 1 ? int.Parse(args[1]) : FuzzTable.FilesPerReader);
        return 0;
    case "reading":
        ReadingTable.Run(results);
        return 0;
    case "reading-once":
        ReadingTable.RunOnce(args[1]);
        return 0;
    case "busy":
        BusyMachineBenchmark.Run(results);
        return 0;
    case "busy-run":
        BusyMachineBenchmark.RunOnce();
        return 0;
    default:
        AnsiConsole.WriteLine(
            """
            usage: dotnet run --project bench/Fringe.Benchmarks -c Release -- TABLE
              times:           iteration | busy | cold [FRINGE.DLL] | prediction | refined-scale
              simulated:       problems | scans | simulation | hard [KINDS] [--seeds N] [--method METHOD] [--out FOLDER] [--write FOLDER]
              measured:        measured | refined-measured
              examples:        refinement PHOTONS FOLDER | partial FOLDER | masks FOLDER | verdict FOLDER | uncertainty FOLDER | spread FOLDER [NAME]
              files:           fuzz [COUNT] | reading
              networks:        search FOLDER EXAMPLES | down-sampling FOLDER
              docs/metrics.md: figures
            FOLDER: written by `fringe simulate`, with --examples but for search
            """
        );
        return 2;
}
