using Kinora.Jobs;
using Kinora.Jobs.Tests;
using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

return args switch
{
    [ChildProcess.Argument, var program, var folder, var database] =>
        await ChildPrograms.RunAsync(program, new JobsOptions { DataDirectory = folder, Database = database.Length > 0 ? database : null }),
    _ when args.Any(argument => argument is "-automated" or "@@") => await ConsoleRunner.Run(args),
    _ => await TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions),
};
