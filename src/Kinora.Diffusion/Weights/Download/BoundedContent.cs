namespace Kinora.Diffusion.Weights.Download;

/// <summary>An answer's body that must stay below a number of bytes.</summary>
internal sealed class BoundedContent(HttpContent content, long mostBytes)
{
    /// <summary>All of it.</summary>
    /// <exception cref="HubException">It is longer.</exception>
    public async Task<byte[]> ReadAsync(CancellationToken cancellationToken)
    {
        await using var body = await content.ReadAsStreamAsync(cancellationToken);
        var all = new MemoryStream();
        var buffer = new byte[64 << 10];
        for (int count; (count = await body.ReadAsync(buffer, cancellationToken)) > 0;)
        {
            all.Write(buffer, 0, count);
            if (all.Length > mostBytes)
                throw new HubException($"The hub's answer is longer than {mostBytes} bytes.", canRetry: false);
        }

        return all.ToArray();
    }
}
