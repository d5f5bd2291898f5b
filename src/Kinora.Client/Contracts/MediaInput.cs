using System.Runtime.CompilerServices;
using System.Text.Json.Serialization;

namespace Kinora.Client.Contracts;

/// <summary>
/// A picture or a video for a field of an input: what has an address already (an http(s) URL or a data URI), or content that is uploaded when the input is sent.
/// A string stands for its address.
/// </summary>
[JsonConverter(typeof(MediaInputConverter))]
public sealed class MediaInput : IEquatable<MediaInput>
{
    private readonly Func<Storage, CancellationToken, Task<Uri>>? _upload;
    private readonly string _name;
    private volatile string? _url;

    private MediaInput(string name, string? url, Func<Storage, CancellationToken, Task<Uri>>? upload) => (_name, _url, _upload) = (name, url, upload);

    /// <summary>Its address; null for content that is not uploaded yet.</summary>
    public string? Url => _url;

    /// <summary>What stands at an address: an http(s) URL, or a data URI, which travels inside the request. Hosted limit: 10 MiB for a data URI.</summary>
    public static MediaInput FromString(string url) => new(url, url, upload: null);

    /// <inheritdoc cref="FromString"/>
    public static MediaInput FromUri(Uri url) => FromString(url.AbsoluteUri);

    /// <summary>A file, which is read and uploaded when the input is first sent. Its type follows from its name.</summary>
    public static MediaInput FromFile(string path) => new(path, url: null, (storage, cancellationToken) => storage.UploadFileAsync(path, cancellationToken: cancellationToken));

    /// <summary>A stream, which is read from where it stands and uploaded when the input is first sent. It is not disposed of.</summary>
    /// <param name="content">The content. It need not be seekable, nor know its length.</param>
    /// <param name="contentType">Its media type, for example <c>image/png</c>.</param>
    /// <param name="fileName">A name for it, or null.</param>
    public static MediaInput FromStream(Stream content, string contentType, string? fileName = null) => new(
        fileName ?? contentType,
        url: null,
        (storage, cancellationToken) => storage.UploadAsync(content, contentType, new UploadOptions { FileName = fileName }, cancellationToken));

    /// <summary>What stands at an address.</summary>
    public static implicit operator MediaInput(string url) => FromString(url);

    /// <summary>What stands at an address.</summary>
    public static implicit operator MediaInput(Uri url) => FromUri(url);

    /// <summary>Two that were made of the same address are equal; content equals only itself, also once it is uploaded.</summary>
    public bool Equals(MediaInput? other) => ReferenceEquals(this, other) || (other is not null && _upload is null && other._upload is null && _name == other._name);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as MediaInput);

    /// <inheritdoc/>
    public override int GetHashCode() => _upload is null ? _name.GetHashCode(StringComparison.Ordinal) : RuntimeHelpers.GetHashCode(this);

    /// <summary>Its address, or the name of what is not uploaded yet.</summary>
    public override string ToString() => Url ?? _name;

    /// <summary>Gives content an address. What has one is left as it is, so that an input that is sent again uploads nothing again.</summary>
    internal async Task UploadAsync(Storage storage, CancellationToken cancellationToken)
    {
        if (_url is null)
            _url = (await _upload!(storage, cancellationToken)).AbsoluteUri;
    }
}
