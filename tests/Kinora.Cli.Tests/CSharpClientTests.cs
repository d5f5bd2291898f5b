using System.Security.Cryptography;
using Kinora.Client;
using Kinora.Client.Contracts;

namespace Kinora.Cli.Tests;

/// <summary><c>Kinora.Client</c> against a real server process. What goes over the wire is held by its own tests.</summary>
public sealed class CSharpClientTests
{
    private const long LargeBytes = 200_000_000;
    private const int PartBytes = 10 << 20;

    [Fact]
    public async Task A_stream_of_200_MB_is_uploaded_without_ever_holding_more_than_a_part()
    {
        using var data = new TemporaryDirectory();
        await using var server = await ServerProcess.StartAsync(data.Path);
        var client = new KinoraClient(server.Http, KinoraClientOptions.ForServer(server.Address));
        await using var content = new CountedContent(LargeBytes);

        var url = await client.Storage.UploadAsync(content, "video/mp4", new UploadOptions { FileName = "large.mp4", OnProgress = taken => content.Taken = taken });

        Assert.InRange(content.MostAhead, 1, PartBytes);
        await using var kept = await server.Http.GetStreamAsync(url);
        Assert.Equal(content.Hash(), await SHA256.HashDataAsync(kept));
    }

    [Fact]
    public async Task A_stream_in_an_input_is_uploaded_and_animated()
    {
        using var data = new TemporaryDirectory();
        await using var server = await ServerProcess.StartAsync(data.Path);
        var client = new KinoraClient(server.Http, KinoraClientOptions.ForServer(server.Address));
        await using var photo = File.OpenRead(SamplePhotos.PathOf("coffee.jpg"));
        var updates = new List<QueueStatus>();

        var output = await client.SubscribeAsync(
            new KlingO3StandardInput { ImageUrl = MediaInput.FromStream(photo, "image/jpeg"), Prompt = "Slowly push in.", Duration = 3 },
            new SubscribeOptions { Streaming = true, WithLogs = true, OnUpdate = updates.Add });

        Assert.Equal(output.Video.FileSize, (await server.Http.GetByteArrayAsync(new Uri(output.Video.Url))).LongLength);
        Assert.Equal((QueueState.InQueue, QueueState.Completed), (updates[0].Status, updates[^1].Status));
        Assert.NotEmpty(updates.SelectMany(update => update.Logs ?? []));
    }

    /// <summary>Bytes that no file holds: they are made as they are read, counted and hashed, and how far the reader is ahead of the server is measured.</summary>
    private sealed class CountedContent(long length) : Stream
    {
        private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        private long _read;

        public long Taken { get; set; }

        public long MostAhead { get; private set; }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public byte[] Hash() => _hash.GetHashAndReset();

        public override int Read(byte[] buffer, int offset, int count)
        {
            var bytes = (int)Math.Min(count, length - _read);
            buffer.AsSpan(offset, bytes).Fill((byte)(_read >> 16));
            _hash.AppendData(buffer, offset, bytes);
            _read += bytes;
            MostAhead = Math.Max(MostAhead, _read - Taken);
            return bytes;
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush()
        {
        }

        protected override void Dispose(bool disposing)
        {
            _hash.Dispose();
            base.Dispose(disposing);
        }
    }
}
