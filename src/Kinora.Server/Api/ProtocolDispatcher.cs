using Kinora.Server.Api.Routing;
using Kinora.Server.Endpoints;
using Kinora.Server.Faults;
using Kinora.Server.Uploads;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Kinora.Server.Api;

/// <summary>The protocol's table of contents: brings an authenticated call to the endpoint that answers it.</summary>
internal sealed class ProtocolDispatcher(
    EndpointCatalog catalog,
    SubmitEndpoint submit,
    RunEndpoint run,
    StatusEndpoint status,
    StatusStreamEndpoint statusStream,
    ResultEndpoint result,
    CancelEndpoint cancel,
    StorageEndpoint storage,
    FaultGate faults,
    IOptions<ApiOptions> options)
{
    /// <summary>Answers a call. <paramref name="target"/> and <paramref name="query"/> are the call's own, wherever they were written.</summary>
    public Task DispatchAsync(HttpContext http, RequestPath target, IQueryCollection query, string owner)
    {
        if (target.Path.StartsWith(StorageEndpoint.Prefix, StringComparison.Ordinal)) return storage.HandleAsync(http, target.Path, owner);
        if (target.Host == ProtocolHost.Rest || !ProtocolRoute.TryParse(target.Path, target.Host, out var route))
            return ErrorResponses.WritePathNotFoundAsync(http.Response, target.Path);

        var origin = RequestOrigin.Read(http.Request, options.Value.TrustForwardedHeaders);
        var call = new ApiCall
        {
            Http = http,
            Host = target.Host,
            Route = route,
            Query = query,
            Owner = owner,
            Origin = origin,
            LinkBase = origin + target.Prefix,
        };
        return MethodOf(route.Operation) is { } method && method != http.Request.Method
            ? ErrorResponses.WriteMethodNotAllowedAsync(http.Response, method)
            : DispatchUnlessFaultyAsync(call);
    }

    private async Task DispatchUnlessFaultyAsync(ApiCall call)
    {
        if (!await faults.TryAnswerAsync(call)) await DispatchAsync(call);
    }

    private static string? MethodOf(ProtocolOperation operation) => operation switch
    {
        ProtocolOperation.Invoke or ProtocolOperation.InvokeStream => HttpMethods.Post,
        ProtocolOperation.Cancel => HttpMethods.Put,
        ProtocolOperation.Unknown => null,
        _ => HttpMethods.Get,
    };

    private Task DispatchAsync(ApiCall call) => call.Route.Operation switch
    {
        ProtocolOperation.Status => status.HandleAsync(call),
        ProtocolOperation.StatusStream => statusStream.HandleAsync(call),
        ProtocolOperation.Result => result.HandleAsync(call),
        ProtocolOperation.Cancel => cancel.HandleAsync(call),
        ProtocolOperation.Unknown => ErrorResponses.WriteRequestNotFoundAsync(call.Response),
        _ => InvokeAsync(call),
    };

    private Task InvokeAsync(ApiCall call)
    {
        if (!catalog.TryFind(call.Route.Endpoint, out var endpoint)) return WriteUnknownEndpointAsync(call);
        if (call.Host == ProtocolHost.Queue) return submit.HandleAsync(call, endpoint);
        return call.Route.Operation == ProtocolOperation.InvokeStream ? run.HandleStreamAsync(call, endpoint) : run.HandleAsync(call, endpoint);
    }

    private Task WriteUnknownEndpointAsync(ApiCall call) => catalog.All.Any(endpoint => call.Route.Covers(endpoint.Id))
        ? ErrorResponses.WritePathNotFoundAsync(call.Response, "/" + call.Route.Subpath)
        : ErrorResponses.WriteApplicationNotFoundAsync(call.Response, call.Route.Application);
}
