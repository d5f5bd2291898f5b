namespace Kinora.Server.Api;

/// <summary>The URLs of a request: by application only and without a query string, since clients rebuild them and compare.</summary>
internal readonly struct RequestLinks(string linkBase, string application, Guid id)
{
    /// <summary>The id as clients see it.</summary>
    public string Id { get; } = id.ToString();

    /// <summary>Where the result is.</summary>
    public string Response { get; } = $"{linkBase}/{application}/requests/{id}";

    /// <summary>Where the status is.</summary>
    public string Status => Response + "/status";

    /// <summary>Where a PUT cancels.</summary>
    public string Cancel => Response + "/cancel";
}
