using System.CommandLine;
using Kinora.Cli;
using Kinora.Cli.Commands;

PlainOutput.UseWhereRedirected();

var root = new RootCommand("Kinora animates a still picture: an image-to-video server that speaks the hosted models' queue protocol.")
{
    ServeCommand.Create(),
    WorkerCommand.Create(),
    QueueCommand.Create(),
    GenerateCommand.Create(),
    PlanCommand.Create(),
    SubmitCommand.Create(),
    EndpointsCommand.Create(),
    KeysCommand.Create(),
    CertsCommand.Create(),
    WebhooksCommand.Create(),
    ModelsCommand.Create(),
    AdminCommand.Create(),
    LoadCommand.Create(),
    DoctorCommand.Create(),
    SelfTestCommand.Create(),
};

// A stop takes as long as its grace period, at most an hour; by default the process would be ended two seconds after its SIGTERM.
return await root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromHours(2) });
