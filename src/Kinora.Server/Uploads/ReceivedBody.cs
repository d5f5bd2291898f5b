namespace Kinora.Server.Uploads;

/// <summary>A request's body on the disk. It is deleted when disposed, unless it was moved away.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="LengthBytes">Its size.</param>
/// <param name="Hash">SHA-256 of its bytes.</param>
/// <param name="Account">The room it takes.</param>
internal sealed record ReceivedBody(string Path, long LengthBytes, byte[] Hash, UploadBudget.Account Account) : IAsyncDisposable
{
    /// <summary>Names the content in headers and lists, without the quotes of an <c>ETag</c>.</summary>
    public string Tag => Convert.ToHexStringLower(Hash);

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        File.Delete(Path);
        return Account.DisposeAsync();
    }
}
