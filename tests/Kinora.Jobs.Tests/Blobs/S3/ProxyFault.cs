namespace Kinora.Jobs.Tests.Blobs.S3;

/// <summary>What a <see cref="FaultProxy"/> does to a request.</summary>
internal abstract record ProxyFault
{
    private ProxyFault()
    {
    }

    /// <summary>The connection is reset at once.</summary>
    internal sealed record Drop : ProxyFault;

    /// <summary>Nothing is ever answered.</summary>
    internal sealed record Hang : ProxyFault;

    /// <summary>The proxy answers in the server's place, which never hears of the request.</summary>
    internal sealed record Answer(int Status, string Code) : ProxyFault;

    /// <summary>The server does what it was asked to, and its answer is lost.</summary>
    internal sealed record LoseAnswer : ProxyFault;

    /// <summary>The answer breaks off after so many bytes, headers included.</summary>
    internal sealed record CutAnswerAfter(long Bytes) : ProxyFault;

    /// <summary>The answer stands still after so many bytes, headers included.</summary>
    internal sealed record StallAnswerAfter(long Bytes) : ProxyFault;
}
