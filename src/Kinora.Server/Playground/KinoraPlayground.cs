using Kinora.Server.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Kinora.Server.Playground;

/// <summary>Brings the page, and the routes that it needs beside the API's own, into a host that has the API, the platform API, the queue, the engines and the webhooks.</summary>
internal static class KinoraPlayground
{
    /// <summary>Registers them.</summary>
    public static IServiceCollection AddKinoraPlayground(this IServiceCollection services) => services
        .AddSingleton<PageFiles>()
        .AddSingleton<PageEndpoint>()
        .AddSingleton<SessionEndpoint>()
        .AddSingleton<JobJson>()
        .AddSingleton<RequestPage>()
        .AddSingleton<HistoryEndpoint>()
        .AddSingleton<PreviewEndpoint>()
        .AddSingleton<NowEndpoint>()
        .AddSingleton<DashboardEndpoint>()
        .AddSingleton<SettingsEndpoint>()
        .AddSingleton<ValidationEndpoint>()
        .AddRoute<HistoryEndpoint>("GET", "kinora/requests", PlatformAccess.AnyKey, endpoint => endpoint.ListAsync)
        .AddRoute<HistoryEndpoint>("GET", "kinora/requests/{id}", PlatformAccess.AnyKey, endpoint => endpoint.ShowAsync)
        .AddRoute<PreviewEndpoint>("GET", "kinora/requests/{id}/preview", PlatformAccess.AnyKey, endpoint => endpoint.ShowAsync)
        .AddRoute<ValidationEndpoint>("POST", "kinora/validation", PlatformAccess.AnyKey, endpoint => endpoint.CheckAsync)
        .AddRoute<NowEndpoint>("GET", "kinora/now", PlatformAccess.AnyKey, endpoint => endpoint.ShowAsync)
        .AddRoute<DashboardEndpoint>("GET", "kinora/dashboard", PlatformAccess.AnyKey, endpoint => endpoint.ShowAsync)
        .AddRoute<SettingsEndpoint>("GET", "kinora/machine", PlatformAccess.AnyKey, endpoint => endpoint.ExamineMachineAsync)
        .AddRoute<SettingsEndpoint>("GET", "kinora/keys", PlatformAccess.Admin, endpoint => endpoint.ListKeysAsync)
        .AddRoute<SettingsEndpoint>("PUT", "kinora/keys/{id}/budget", PlatformAccess.Admin, endpoint => endpoint.SetBudgetAsync)
        .AddRoute<SettingsEndpoint>("GET", "kinora/webhook-keys", PlatformAccess.Admin, endpoint => endpoint.ListWebhookKeysAsync)
        .AddRoute<SettingsEndpoint>("POST", "kinora/webhook-keys", PlatformAccess.Admin, endpoint => endpoint.RotateWebhookKeyAsync);

    /// <summary>Maps <c>/</c> for browsers, <c>/playground</c> and <c>/kinora/session</c>.</summary>
    public static WebApplication MapKinoraPlayground(this WebApplication app)
    {
        app.Map("/", PageEndpoint.WriteRootAsync);
        app.Map(PageEndpoint.Path + "/{**path}", app.Services.GetRequiredService<PageEndpoint>().HandleAsync);
        app.Map(SessionEndpoint.Path, app.Services.GetRequiredService<SessionEndpoint>().HandleAsync);
        return app;
    }

    private static IServiceCollection AddRoute<T>(
        this IServiceCollection services, string method, string pattern, PlatformAccess access, Func<T, Func<PlatformCall, Task>> answer)
        where T : notnull =>
        services.AddSingleton(provider => new PlatformRoute(method, pattern, access, answer(provider.GetRequiredService<T>())));
}
