using System.Text.Json.Nodes;
using Kinora.Jobs;
using Kinora.Server.Api;
using Kinora.Server.Endpoints;

namespace Kinora.Server.Faults;

/// <summary>The failure of a job that ends with an error type on demand, and the way back from the stored failure to the type.</summary>
internal static class InjectedFailure
{
    /// <summary>Makes the failure. <see cref="JobFailure.Detail"/> names the type; a refused input is one like any other.</summary>
    public static JobFailure Create(ErrorType type)
    {
        var violation = new Violation(["body"], type.Message, type.Name, type.Context is null ? null : JsonNode.Parse(type.Context)!.AsObject());
        return type is { IsModelError: true, StatusCode: 422 }
            ? ViolationDetail.ToFailure([violation])
            : new JobFailure(JobFailureKind.Injected, type.Message, type.IsRetried, new JsonObject { ["type"] = type.Name }.ToJsonString());
    }

    /// <summary>Finds the type of a stored failure; null if its detail has been erased.</summary>
    public static ErrorType? TypeOf(JobFailure failure) =>
        failure is { Kind: JobFailureKind.Injected, Detail: { } detail } && ErrorTypes.TryFind(JsonNode.Parse(detail)!["type"]!.GetValue<string>(), out var type) ? type : null;
}
