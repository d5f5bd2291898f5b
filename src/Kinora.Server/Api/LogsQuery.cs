using System.Text.Json.Nodes;
using Kinora.Server.Endpoints;
using Microsoft.AspNetCore.Http;

namespace Kinora.Server.Api;

/// <summary>The query parameter <c>logs</c>: <c>1</c> and <c>0</c> from one client, <c>true</c> and <c>false</c> from the other.</summary>
internal static class LogsQuery
{
    /// <summary>Reads whether log lines are wanted; absent or empty means no.</summary>
    /// <returns>False if the value is none of the four; <paramref name="violation"/> then says so.</returns>
    public static bool TryRead(IQueryCollection query, out bool isWanted, out Violation? violation)
    {
        var text = query["logs"].ToString();
        isWanted = text is "1" || text.Equals("true", StringComparison.OrdinalIgnoreCase);
        var isRefused = text is "" or "0" || text.Equals("false", StringComparison.OrdinalIgnoreCase);
        violation = isWanted || isRefused
            ? null
            : new Violation(["query", "logs"], "Input should be a valid boolean: 0, 1, true or false", "bool_parsing", null, JsonValue.Create(text));
        return violation is null;
    }
}
