namespace Kinora.Jobs.Keys;

/// <summary>What an API key opens.</summary>
public enum ApiKeyScope
{
    /// <summary>Submitting jobs and reading one's own.</summary>
    Api = 0,

    /// <summary>That, and managing keys and other owners' jobs.</summary>
    Admin = 1,
}
