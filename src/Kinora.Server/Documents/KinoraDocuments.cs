using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Kinora.Server.Documents;

/// <summary>Brings the documents into a host that has the API.</summary>
public static class KinoraDocuments
{
    /// <summary>Registers them.</summary>
    public static IServiceCollection AddKinoraDocuments(this IServiceCollection services) => services.AddSingleton<DocumentsEndpoint>();

    /// <summary>Maps <c>/api/openapi/…</c>, <c>/models/…</c> and <c>/llms.txt</c>.</summary>
    public static WebApplication MapKinoraDocuments(this WebApplication app)
    {
        var documents = app.Services.GetRequiredService<DocumentsEndpoint>();
        app.Map("/api/openapi/queue/openapi.json", documents.WriteQueueOpenApiAsync);
        app.Map("/api/openapi/sync/openapi.json", documents.WriteSyncOpenApiAsync);
        app.Map("/models/{**path}", documents.WriteModelTextAsync);
        app.Map("/llms.txt", documents.WriteIndexAsync);
        return app;
    }
}
