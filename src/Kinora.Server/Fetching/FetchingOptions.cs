namespace Kinora.Server.Fetching;

/// <summary>
/// What media this server fetches on a caller's word, and with how much patience. How large a file may be, and how long its whole download may take,
/// belongs to the endpoint (<see cref="Endpoints.MediaLimits"/>).
/// </summary>
public sealed class FetchingOptions
{
    /// <summary>
    /// Private hosts to open beside the public Internet: host names (<c>nas.lan</c>, <c>localhost</c>), addresses (<c>192.168.1.20</c>) and CIDR ranges
    /// (<c>10.20.0.0/16</c>, <c>fd12::/48</c>). A name opens whatever it leads to. A cloud's metadata address (<c>169.254.169.254</c> and its like) is opened
    /// only by writing down that address. Default: none.
    /// </summary>
    public IList<string> AllowedPrivateHosts { get; set; } = [];

    /// <summary>Whether only https URLs are fetched. Data URIs and this server's own files are not concerned. Default: false.</summary>
    public bool HttpsOnly { get; set; }

    /// <summary>Ports that may be fetched from, 1 to 65535. Default: none listed, which means every port.</summary>
    public IList<int> AllowedPorts { get; set; } = [];

    /// <summary>How long finding a host and connecting to it may take, 0.1 s to 60 s. Default: 5 s.</summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a host may take to begin its answer, connecting included and for each redirect anew, 0.1 s to 120 s. Default: 10 s.</summary>
    public TimeSpan FirstByteTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Slowest body in bytes a second, 0 to 1,000,000; 0 turns the check off. Default: 1024.</summary>
    public int MinimumBytesPerSecond { get; set; } = 1024;

    /// <summary>Over what time <see cref="MinimumBytesPerSecond"/> is measured, again and again until the body ends, 0.1 s to 60 s. Default: 5 s.</summary>
    public TimeSpan MinimumRateWindow { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How many downloads run at once in this process, 1 to 1024; further ones wait for their turn. Default: 16.</summary>
    public int MaxConcurrentFetches { get; set; } = 16;
}
