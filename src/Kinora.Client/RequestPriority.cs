namespace Kinora.Client;

/// <summary>Which requests of an endpoint go first.</summary>
public enum RequestPriority
{
    /// <summary>In the order in which they came.</summary>
    Normal,

    /// <summary>After all normal ones.</summary>
    Low,
}
