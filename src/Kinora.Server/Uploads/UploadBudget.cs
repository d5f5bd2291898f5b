using Kinora.Jobs.Files;
using Microsoft.Extensions.Options;

namespace Kinora.Server.Uploads;

/// <summary>Counts what all uploads take on the disk, so that they never take more than the options allow: what is stored, and what is coming in right now.</summary>
internal sealed class UploadBudget(IUploadStore uploads, IOptions<UploadOptions> options)
{
    private long _stored;
    private long _incoming;

    /// <summary>Opens an account for content that is about to come.</summary>
    public async Task<Account> OpenAsync(CancellationToken cancellationToken)
    {
        await LookAsync(cancellationToken);
        return new Account(this);
    }

    private async Task LookAsync(CancellationToken cancellationToken) => Volatile.Write(ref _stored, await uploads.MeasureAsync(cancellationToken));

    /// <summary>What one body takes until it is stored or thrown away. Dispose it after that.</summary>
    internal sealed class Account(UploadBudget budget) : IAsyncDisposable
    {
        private long _taken;

        /// <summary>Takes room for more bytes.</summary>
        /// <returns>False if there is none.</returns>
        public bool TryTake(long bytes)
        {
            _taken += bytes;
            return Interlocked.Add(ref budget._incoming, bytes) + Volatile.Read(ref budget._stored) <= budget.MaxTotalBytes;
        }

        /// <inheritdoc/>
        public async ValueTask DisposeAsync()
        {
            // What was stored is counted there before it is given back here.
            await budget.LookAsync(CancellationToken.None);
            Interlocked.Add(ref budget._incoming, -_taken);
            _taken = 0;
        }
    }

    private long MaxTotalBytes => options.Value.MaxTotalBytes;
}
