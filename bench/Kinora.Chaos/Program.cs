using Kinora.Chaos;

var options = ChaosOptions.Parse(args);
return await ChaosRun.RunAsync(options);
