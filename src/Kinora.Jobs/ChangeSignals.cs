namespace Kinora.Jobs;

/// <summary>Wakes those of this process who wait for news of a key. Keys nobody waits for take no memory.</summary>
internal sealed class ChangeSignals<TKey>
    where TKey : notnull
{
    private readonly Lock _lock = new();
    private readonly Dictionary<TKey, Topic> _topics = [];

    /// <summary>How many keys are waited for.</summary>
    internal int Count
    {
        get
        {
            lock (_lock)
                return _topics.Count;
        }
    }

    /// <summary>Subscribe before looking at the state: then no change can slip through between looking and waiting.</summary>
    internal Subscription Subscribe(TKey key)
    {
        lock (_lock)
        {
            if (!_topics.TryGetValue(key, out var topic))
                _topics[key] = topic = new Topic();
            topic.Subscribers++;
            return new Subscription(this, key, topic);
        }
    }

    /// <summary>Wakes everyone who subscribed to the key.</summary>
    internal void Pulse(TKey key)
    {
        lock (_lock)
        {
            if (_topics.Remove(key, out var topic))
                topic.Pulsed.TrySetResult();
        }
    }

    private void Unsubscribe(TKey key, Topic topic)
    {
        lock (_lock)
        {
            if (--topic.Subscribers == 0 && _topics.TryGetValue(key, out var current) && ReferenceEquals(current, topic))
                _topics.Remove(key);
        }
    }

    /// <summary>One waiter's hold on a topic.</summary>
    internal readonly struct Subscription(ChangeSignals<TKey> signals, TKey key, Topic topic) : IDisposable
    {
        /// <summary>Completes with the first pulse after the subscription.</summary>
        internal Task Pulsed => topic.Pulsed.Task;

        public void Dispose() => signals.Unsubscribe(key, topic);
    }

    internal sealed class Topic
    {
        internal TaskCompletionSource Pulsed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        internal int Subscribers { get; set; }
    }
}
