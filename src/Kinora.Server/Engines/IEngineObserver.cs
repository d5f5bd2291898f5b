using Kinora.Media;

namespace Kinora.Server.Engines;

/// <summary>Where an engine tells how far it is. Behind it stand a job's heartbeat and the command line's progress bar.</summary>
public interface IEngineObserver
{
    /// <summary>Reports what is being done, in one or two words, and the fraction of the clip that is finished: 0 to 1, never falling.</summary>
    void Report(string phase, double fraction);

    /// <summary>
    /// Offers a look at the clip so far: a finished frame or a rough one, of any size. Offer every frame there is; the observer takes one now and then, and does not keep it.
    /// Observers that show no pictures ignore it.
    /// </summary>
    void Preview(VideoFrame frame)
    {
    }

    /// <summary>Writes a line for whoever asked for the clip.</summary>
    void Log(string message);

    /// <summary>Says that something was ignored or replaced.</summary>
    void Warn(string message);
}
