// All words of the page, in one place. A key that a language lacks would be a fault: a test compares both.

export const STRINGS = {
  en: {
    skip: "Skip to content", run: "Run", gallery: "Gallery", dashboard: "Dashboard", settings: "Settings", main: "Main",
    theme: "Theme", theme_auto: "System", theme_light: "Light", theme_dark: "Dark", language: "Language", sign_out: "Sign out", local: "Local, without a key",
    offline: "The server does not answer. Trying again…", retry: "Try again", close: "Close", cancel: "Cancel", copy: "Copy", copied: "Copied", more: "More settings",
    error: "That did not work", required: "required",

    sign_in: "Sign in", sign_in_lead: "This server asks for an API key. The page keeps it in a session cookie that scripts cannot read.", api_key: "API key", key_form: "key_id:key_secret",
    sign_in_help: "No key yet? On the server: kinora keys create --name me --admin",

    endpoint: "Endpoint", form: "Form", json: "JSON", json_label: "Input as JSON", json_invalid: "Not JSON yet: {problem}", json_object: "The input is an object: { … }",
    mode: "How to direct", one_prompt: "One prompt", storyboard: "Storyboard", run_now: "Run", price: "{seconds} s · ${total} hosted", price_hint: "What the hosted service would charge for this clip. Kinora charges nothing.",
    reset: "Start over", fix: "{count} to fix", characters: "{count} of {most}",
    prompt_hint: "The camera, what moves, the light, the sound. Words in quotation marks are spoken.",

    media_drop: "Drop, paste or choose an image", media_drop_video: "Drop, paste or choose an image or a video", media_camera: "Take a photo", media_url: "Use a URL", media_url_label: "URL of the image", media_remove: "Remove", media_apply: "Apply",
    media_uploading: "Uploading {percent} %", media_unreachable: "No preview: the browser cannot load this address.", media_size: "{width} × {height}", media_shoot: "Take it", media_no_camera: "The camera cannot be opened: {problem}",
    media_bad_format: "{format} will not do. Wanted: {formats}.", media_too_large: "The file has {size} MB; at most {most} MB are taken.", media_too_small: "{width} × {height} px is too small: each side needs at least {least} px.", media_bad_shape: "The sides are {ratio} : 1; {low} to {high} : 1 are taken.",
    media_video_length: "{seconds} s long; {low} to {high} s are taken.", media_unreadable: "This file cannot be read as a picture or a video.", media_preview: "Preview of {name}",

    shot: "Shot {number}", shot_prompt: "What happens in shot {number}", shot_seconds: "Length of shot {number}", add_shot: "Add a shot", shot_up: "Move shot {number} up", shot_down: "Move shot {number} down", shot_remove: "Remove shot {number}",
    total: "Total {seconds} s", total_over: "Total {seconds} s, {over} s over the limit of 15 s", total_under: "Total {seconds} s, at least 3 s are needed",
    element_kind: "Kind of element {number}", element_images: "Images", element_video: "Video", element_reference: "Further views", element_add: "Add an element", element_remove: "Remove element {number}", element_voice: "Voice id",
    complete: "Elements to insert",

    seed_random: "Another random seed", seconds: "{value} s", on: "On", off: "Off", unset: "Automatic",

    stage_empty: "A picture, a line, and it moves.", stage_empty_hint: "Your clip appears here: frames while it renders, then the player.",
    result: "Result", code: "Code", log: "Log", plan: "Plan", latest: "Latest requests", no_requests: "Nothing yet.", open_request: "Details",
    state_queued: "Queued", state_running: "Running", state_completed: "Completed", state_failed: "Failed", state_cancelled: "Cancelled", state_erased: "Deleted",
    position_next: "Next in line", position: "{count} ahead in the queue", left: "about {time} left", cancelling: "Cancelling…", progress: "Progress", preview_alt: "The clip so far",
    failed_at: "It failed. The marked fields say why.", new_clip: "Clip ready", clip_failed: "Request failed: {reason}", clip_cancelled: "Request cancelled",

    player: "Clip", play: "Play", pause: "Pause", step_back: "One frame back", step_forward: "One frame forward", seek: "Position", loop: "Loop", speed: "Speed", volume: "Volume", mute: "Mute", unmute: "Unmute", fullscreen: "Full screen", frame: "frame {number}",
    download: "Download", share: "Copy link", use_last: "Last frame as start", reseed: "Another seed", compare: "Compare", compare_start: "Start image", compare_end: "End image", compare_first: "First frame", compare_last: "Last frame", compare_slide: "How much of each", keys_hint: "Space play · , . step · L loop · F full screen",
    link_copied: "Link copied", frame_taken: "The last frame is the start image now", seed: "Seed {value}",

    code_setup: "Once", code_call: "Then", code_key: "On this server any FAL_KEY will do.",

    search: "Search in prompts", all_endpoints: "All endpoints", all_states: "All", all_time: "Any time", last_hour: "Last hour", last_day: "Last 24 hours", last_week: "Last 7 days", last_month: "Last 30 days", when: "When", filters: "Filters",
    none_found: "No request matches.", none_found_hint: "Change the filters, or run something first.", load_more: "Show more", end_of_list: "That is all.", no_prompt: "Without a prompt", count_shown: "{count} shown",

    request: "Request", back: "Back", input: "Input", output: "Output", timing: "Timing", cost: "Hosted price", created: "Submitted", started: "Started", ended: "Ended", attempt: "Attempt", worker: "Worker", owner: "Key", kept_until: "Kept until {date}", tags: "Tags", free: "nothing",
    webhook: "Webhook", webhook_none: "None was asked for.", send_again: "Send again", sent_again: "It will be sent again", tries: "Tries", webhook_waiting: "waits for the end", webhook_due: "due", webhook_delivered: "delivered", webhook_given_up: "given up",
    delete: "Delete", delete_sure: "Delete for good", delete_note: "Input, output, log and files go; what was used stays on the bill.", deleted: "Deleted", open_in_run: "Open in Run", erased_note: "Input, output and files of this request have been deleted.", no_plan: "The engine wrote no plan.", no_log: "No log lines.", no_request: "There is no such request, or it is another key's.",
    wait: "wait", webhook_try: "webhook, try {number}", reason: "Reason", invalid_input: "invalid input", start_timeout: "start time-out", run_timeout: "run time-out", worker_lost: "worker lost", out_of_resources: "out of resources", engine_fault: "engine fault", injected: "injected",

    range_hour: "1 hour", range_day: "24 hours", range_week: "7 days", range_month: "30 days", range: "Range", live: "Live", queued: "Queued", running: "Running", success: "Success", typical_run: "Typical run", typical_wait: "Typical wait", hosted_price: "Hosted price", clip_seconds: "Seconds of video",
    throughput: "Requests by how they ended", latency: "How long they ran", waits: "How long they waited", queue_depth: "Queue, live", usage: "Hosted price over time", failures: "Why requests failed", workers: "Workers", of_slots: "{used} of {all} slots busy", idle: "Idle. The next request starts at once.", no_slots: "This server runs no jobs itself.", no_failures: "Nothing failed in this time.",
    median: "median", p95: "95 of 100 within", completed: "completed", failed: "failed", cancelled: "cancelled", waiting: "waiting", show_table: "As a table", time: "Time",

    keys: "API keys", keys_lead: "A key runs endpoints; an admin key also sees and manages everything.", keys_open: "This server asks for no key yet, because only this machine reaches it. The first key closes it to everyone without one.", need_admin: "This needs an admin key.", key_name: "Name", key_scope: "Scope", scope_api: "API", scope_admin: "Admin", key_create: "Create a key", key_budget: "Budget", key_revoke: "Revoke", key_revoke_sure: "Revoke for good", key_secret: "Your new key. It is shown this once.", key_done: "I have it", key_used: "Last used", never: "never", key_active: "active", key_expired: "expired", key_revoked: "revoked", budget_none: "no limit", budget_spent: "${spent} of ${amount} spent", budget_amount: "Budget of {name} in USD", budget_set: "Set", first_admin: "The first key must be an admin key, or nobody could make the next.",
    webhook_keys: "Webhook keys", webhook_keys_lead: "Receivers find these public keys at /.well-known/jwks.json.", signs: "signs now", signs_from: "signs from {date}", published: "still published", rotate: "Make a new key", rotate_hint: "It is published now and signs after 25 hours, when receivers have seen it.",
    machine: "This machine", engine: "Engine", ready: "ready", missing: "missing", missing_optional: "not installed", retention: "Requests and files are kept {days} days.",
    fields: {
      prompt: ["Prompt"], multi_prompt: ["Storyboard"], start_image_url: ["Start image"], image_url: ["Start image"], end_image_url: ["End image"], duration: ["Length"], generate_audio: ["Sound"], elements: ["Elements"],
      shot_type: ["Cuts"], negative_prompt: ["Not to be seen"], cfg_scale: ["Faithfulness to the prompt"], seed: ["Seed"], frontal_image_url: ["Main view"], reference_image_urls: ["Further views"], video_url: ["Video"], voice_id: ["Voice"],
    },
  },
  zh: {
    skip: "跳到内容", run: "运行", gallery: "作品", dashboard: "仪表盘", settings: "设置", main: "主导航",
    theme: "主题", theme_auto: "跟随系统", theme_light: "浅色", theme_dark: "深色", language: "语言", sign_out: "退出", local: "本机，无密钥",
    offline: "服务器没有响应，正在重试…", retry: "重试", close: "关闭", cancel: "取消", copy: "复制", copied: "已复制", more: "更多设置",
    error: "操作未成功", required: "必填",

    sign_in: "登录", sign_in_lead: "此服务器需要 API 密钥。页面把它保存在脚本无法读取的会话 Cookie 中。", api_key: "API 密钥", key_form: "key_id:key_secret",
    sign_in_help: "还没有密钥？在服务器上运行：kinora keys create --name me --admin",

    endpoint: "端点", form: "表单", json: "JSON", json_label: "JSON 输入", json_invalid: "还不是 JSON：{problem}", json_object: "输入应为对象：{ … }",
    mode: "导演方式", one_prompt: "单条提示词", storyboard: "分镜", run_now: "运行", price: "{seconds} 秒 · 托管价 ${total}", price_hint: "托管服务对此片段的收费。Kinora 不收费。",
    reset: "重新开始", fix: "{count} 处需要修改", characters: "{count} / {most}",
    prompt_hint: "镜头、运动、光线、声音。引号中的话会被说出来。",

    media_drop: "拖放、粘贴或选择图片", media_drop_video: "拖放、粘贴或选择图片或视频", media_camera: "拍照", media_url: "使用网址", media_url_label: "图片网址", media_remove: "移除", media_apply: "应用",
    media_uploading: "上传中 {percent} %", media_unreachable: "无法预览：浏览器打不开该地址。", media_size: "{width} × {height}", media_shoot: "拍摄", media_no_camera: "无法打开相机：{problem}",
    media_bad_format: "不支持 {format}。支持：{formats}。", media_too_large: "文件为 {size} MB，最多 {most} MB。", media_too_small: "{width} × {height} 像素太小：每边至少 {least} 像素。", media_bad_shape: "宽高比为 {ratio} : 1，应在 {low} 到 {high} : 1 之间。",
    media_video_length: "时长 {seconds} 秒，应在 {low} 到 {high} 秒之间。", media_unreadable: "无法将此文件读作图片或视频。", media_preview: "{name}预览",

    shot: "镜头 {number}", shot_prompt: "镜头 {number} 的内容", shot_seconds: "镜头 {number} 的时长", add_shot: "添加镜头", shot_up: "上移镜头 {number}", shot_down: "下移镜头 {number}", shot_remove: "删除镜头 {number}",
    total: "共 {seconds} 秒", total_over: "共 {seconds} 秒，超出 15 秒上限 {over} 秒", total_under: "共 {seconds} 秒，至少需要 3 秒",
    element_kind: "元素 {number} 的类型", element_images: "图片", element_video: "视频", element_reference: "其他视图", element_add: "添加元素", element_remove: "删除元素 {number}", element_voice: "声音 ID",
    complete: "可插入的元素",

    seed_random: "换一个随机种子", seconds: "{value} 秒", on: "开", off: "关", unset: "自动",

    stage_empty: "一张图，一句话，画面动起来。", stage_empty_hint: "片段会出现在这里：渲染时显示画面，完成后可播放。",
    result: "结果", code: "代码", log: "日志", plan: "导演方案", latest: "最近的请求", no_requests: "还没有请求。", open_request: "详情",
    state_queued: "排队中", state_running: "运行中", state_completed: "已完成", state_failed: "失败", state_cancelled: "已取消", state_erased: "已删除",
    position_next: "下一个就是", position: "前面还有 {count} 个", left: "约剩 {time}", cancelling: "正在取消…", progress: "进度", preview_alt: "目前的画面",
    failed_at: "运行失败。原因见标出的字段。", new_clip: "片段已完成", clip_failed: "请求失败：{reason}", clip_cancelled: "请求已取消",

    player: "片段", play: "播放", pause: "暂停", step_back: "后退一帧", step_forward: "前进一帧", seek: "位置", loop: "循环", speed: "速度", volume: "音量", mute: "静音", unmute: "取消静音", fullscreen: "全屏", frame: "第 {number} 帧",
    download: "下载", share: "复制链接", use_last: "末帧作为起始图", reseed: "换种子重跑", compare: "对比", compare_start: "起始图", compare_end: "结束图", compare_first: "首帧", compare_last: "末帧", compare_slide: "两侧比例", keys_hint: "空格 播放 · , . 逐帧 · L 循环 · F 全屏",
    link_copied: "链接已复制", frame_taken: "末帧已设为起始图", seed: "种子 {value}",

    code_setup: "首次", code_call: "然后", code_key: "此服务器接受任意 FAL_KEY。",

    search: "搜索提示词", all_endpoints: "全部端点", all_states: "全部", all_time: "任何时间", last_hour: "最近 1 小时", last_day: "最近 24 小时", last_week: "最近 7 天", last_month: "最近 30 天", when: "时间", filters: "筛选",
    none_found: "没有符合的请求。", none_found_hint: "请更改筛选条件，或先运行一次。", load_more: "显示更多", end_of_list: "已全部显示。", no_prompt: "没有提示词", count_shown: "已显示 {count} 个",

    request: "请求", back: "返回", input: "输入", output: "输出", timing: "耗时", cost: "托管价", created: "提交", started: "开始", ended: "结束", attempt: "尝试", worker: "工作进程", owner: "密钥", kept_until: "保留至 {date}", tags: "标签", free: "无",
    webhook: "Webhook", webhook_none: "未要求 Webhook。", send_again: "重新发送", sent_again: "将重新发送", tries: "尝试次数", webhook_waiting: "等待结束", webhook_due: "待发送", webhook_delivered: "已送达", webhook_given_up: "已放弃",
    delete: "删除", delete_sure: "永久删除", delete_note: "输入、输出、日志和文件将被删除；用量记录保留。", deleted: "已删除", open_in_run: "在运行页打开", erased_note: "此请求的输入、输出和文件已删除。", no_plan: "引擎没有写下方案。", no_log: "没有日志。", no_request: "没有此请求，或属于其他密钥。",
    wait: "等待", webhook_try: "Webhook 第 {number} 次", reason: "原因", invalid_input: "输入无效", start_timeout: "启动超时", run_timeout: "运行超时", worker_lost: "工作进程丢失", out_of_resources: "资源不足", engine_fault: "引擎故障", injected: "注入的故障",

    range_hour: "1 小时", range_day: "24 小时", range_week: "7 天", range_month: "30 天", range: "范围", live: "实时", queued: "排队", running: "运行中", success: "成功率", typical_run: "典型运行", typical_wait: "典型等待", hosted_price: "托管价", clip_seconds: "视频秒数",
    throughput: "请求的结局", latency: "运行时长", waits: "等待时长", queue_depth: "队列（实时）", usage: "托管价走势", failures: "失败原因", workers: "工作进程", of_slots: "{all} 个槽位中 {used} 个忙碌", idle: "空闲。下一个请求会立即开始。", no_slots: "此服务器自身不运行任务。", no_failures: "此期间没有失败。",
    median: "中位数", p95: "95% 以内", completed: "已完成", failed: "失败", cancelled: "已取消", waiting: "等待", show_table: "以表格显示", time: "时间",

    keys: "API 密钥", keys_lead: "密钥用于运行端点；管理密钥还可查看和管理一切。", keys_open: "此服务器目前不需要密钥，因为只有本机可以访问。创建第一个密钥后，没有密钥的人将无法使用。", need_admin: "需要管理密钥。", key_name: "名称", key_scope: "权限", scope_api: "API", scope_admin: "管理", key_create: "创建密钥", key_budget: "预算", key_revoke: "撤销", key_revoke_sure: "永久撤销", key_secret: "您的新密钥，仅显示这一次。", key_done: "我已保存", key_used: "最近使用", never: "从未", key_active: "有效", key_expired: "已过期", key_revoked: "已撤销", budget_none: "无限制", budget_spent: "已用 ${spent} / ${amount}", budget_amount: "{name} 的预算（美元）", budget_set: "设置", first_admin: "第一个密钥必须是管理密钥，否则无人能创建下一个。",
    webhook_keys: "Webhook 密钥", webhook_keys_lead: "接收方在 /.well-known/jwks.json 获取这些公钥。", signs: "正在签名", signs_from: "自 {date} 起签名", published: "仍在公布", rotate: "生成新密钥", rotate_hint: "现在公布，25 小时后开始签名，届时接收方已获知。",
    machine: "本机", engine: "引擎", ready: "就绪", missing: "缺少", missing_optional: "未安装", retention: "请求和文件保留 {days} 天。",
    fields: {
      prompt: ["提示词", "视频中发生什么。与分镜二选一。"], multi_prompt: ["分镜", "1 到 6 个镜头，总长 3 到 15 秒。"], start_image_url: ["起始图", "视频由此图开始。jpg、jpeg 或 png，最大 10 MB，每边至少 300 像素，宽高比 0.4 到 2.5。"], image_url: ["起始图", "视频由此图开始。jpg、jpeg 或 png，每边至少 300 像素，宽高比 0.4 到 2.5。"], end_image_url: ["结束图", "视频在此图结束。"], duration: ["时长", "视频秒数。使用分镜时由各镜头相加。"], generate_audio: ["声音", "是否生成音轨。"], elements: ["元素", "最多 3 个要保持的人物或物体，在提示词中以 @Element1 等引用。"],
      shot_type: ["剪辑", "customize 按给定镜头，intelligent 由引擎自行剪辑。"], negative_prompt: ["不要出现", "视频中不应出现的内容。"], cfg_scale: ["遵循提示词", "0 宽松，1 严格。"], seed: ["种子", "相同输入和种子得到相同片段。"], frontal_image_url: ["主视图", "元素的主视图。"], reference_image_urls: ["其他视图", "1 到 3 个其他视图。"], video_url: ["视频", "以视频代替图片。"], voice_id: ["声音", "元素的声音。"],
    },
  },
};

export const LANGUAGES = { en: "English", zh: "中文" };

export const language = () => (document.documentElement.lang === "zh" ? "zh" : "en");

/** The words of a key, with {name} filled in. */
export function t(key, values) {
  const text = STRINGS[language()][key];
  return values ? text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole)) : text;
}

/** Whether there are words of this key. */
export const has = (key) => key in STRINGS[language()];

/** The name of a field: our own, or the schema's. */
export const fieldName = (name, schema) => STRINGS[language()].fields[name]?.[0] ?? schema.title ?? name;

/** What a field means: translated where it is, else the schema's own description. */
export const fieldHelp = (name, schema) => STRINGS[language()].fields[name]?.[1] ?? (schema.description ?? "").replaceAll("`", "");

const locale = () => (language() === "zh" ? "zh-CN" : "en");

export const formatNumber = (value, digits = 0) => new Intl.NumberFormat(locale(), { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value);

export const formatMoney = (value, digits = 2) => `$${formatNumber(value, digits)}`;

export const formatTime = (value, options) => new Intl.DateTimeFormat(locale(), options ?? { dateStyle: "medium", timeStyle: "medium" }).format(new Date(value));

/** 4.2 s, 1 min 05 s, 2 h 03 min */
export function formatDuration(seconds) {
  if (seconds === null || seconds === undefined) return "–";
  if (seconds > 0 && seconds < 0.1) return `${formatNumber(seconds * 1000)} ms`;
  if (seconds < 10) return `${formatNumber(seconds, 1)} s`;
  if (seconds < 60) return `${formatNumber(seconds)} s`;
  const minutes = Math.floor(seconds / 60);
  return minutes < 60 ? `${minutes} min ${String(Math.floor(seconds % 60)).padStart(2, "0")} s` : `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, "0")} min`;
}

const UNITS = [[60, "second"], [60, "minute"], [24, "hour"], [30, "day"], [12, "month"], [Infinity, "year"]];

/** 3 minutes ago */
export function formatAgo(value) {
  let amount = (new Date(value) - Date.now()) / 1000;
  for (const [size, unit] of UNITS) {
    if (Math.abs(amount) < size) return new Intl.RelativeTimeFormat(locale(), { numeric: "auto", style: "short" }).format(Math.round(amount), unit);
    amount /= size;
  }
  return "";
}
