using Kinora.Media;
using Kinora.Server.Endpoints;
using Kinora.Server.Fetching;

namespace Kinora.Server.Engines;

/// <summary>Brings a medium into a scratch directory: over the network for the server, from the disk for the command line.</summary>
internal delegate Task<FetchOutcome> FetchMedia(MediaReference reference, ScratchDirectory scratch, CancellationToken cancellationToken);
