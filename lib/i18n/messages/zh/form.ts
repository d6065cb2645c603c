import type { Messages } from '../en';

export const form: Pick<Messages, 'form' | 'capability' | 'promptHistory' | 'option' | 'empty'> = {
  form: {
    title: '新图片',
    model: '模型',
    canGenerate: '{count} 个可用于生成',
    noModels: '没有可用于生成的模型，请联系服务管理员检查 MODELS_FILE。',
    prompt: '提示词',
    promptPlaceholder: '描述画面：主体、场景、光线、风格……',
    characters: '{count, number} / {max, number}',
    charactersFree: '{count, number}',
    charactersSpoken: '{count, number} 个字符',
    size: '尺寸',
    width: '宽度（像素）',
    height: '高度（像素）',
    resolution: '分辨率',
    auto: '自动',
    autoVerdict: '由模型决定',
    megapixels: '{value, number, ::.00} MP',
    sizeIncomplete: '请填写宽度和高度（像素）。',
    sizeHint: '据称 {model} 会拒绝少于 {min, number} 像素的尺寸，当前为 {actual, number} 像素。',
    useSize: '改用 {size}',
    pictures: '张数',
    fewer: '减少一张',
    more: '增加一张',
    moreOptions: '更多：{options}',
    notSentShort: '默认',
    notSent: '由网关决定',
    optional: '选填',
    generate: '生成',
    summaryPictures: '{count} 张图片',
    summaryTime: '约 {time}',
    summaryUpTo: '最多 {count} 张图片',
    switched: '{option}已改为“{to}”：{because}选“{value}”时必须如此。',
    switchedAway: '{option}已改为“{to}”：“{from}”不能与{because}“{value}”同时使用。',
    replaced: '你之前的设置已暂存。',
    bringBack: '恢复',
  },
  capability: {
    anySize: '任意尺寸，最高 {level}',
    levels: '最高 {level}',
    sizes: '{count, number} 种尺寸',
    pictures: '一次最多 {count, number} 张',
    batch: '组图，最多 {count, number} 张',
    transparent: '透明背景',
    references: '{count, number} 张参考图',
    mask: '遮罩',
    conversation: '对话作图',
  },
  promptHistory: {
    button: '历史',
    title: '用过的提示词',
    keys: '用过的提示词（Alt+↑ 往前翻，Alt+↓ 往回）',
    search: '搜索用过的提示词',
    loading: '请稍候……',
    empty: '还没有用过的提示词，生成过的都会留在这里。',
    nothingFound: '没有包含这些字的提示词。',
    position: '{place, number} / {count, number}',
    positionSpoken: '第 {place, number} 条用过的提示词，共 {count, number} 条',
  },
  option: {
    quality: { label: '质量', value: { low: '低', medium: '中', high: '高' } },
    output_format: { label: '格式', value: { png: 'PNG', jpeg: 'JPEG' } },
    output_compression: { label: '压缩质量', hint: '100 保留的细节最多' },
    background: {
      label: '背景',
      value: { auto: '自动', opaque: '不透明', transparent: '透明' },
    },
    moderation: {
      label: '内容审核',
      value: { auto: '自动', low: '宽松' },
      hint: '对提示词的审核严格程度',
    },
    input_fidelity: {
      label: '保留原图',
      value: { low: '低', high: '高' },
      hint: '多大程度上忠于原图',
    },
    user: { label: '用户标识', hint: '最终用户是谁，由网关留存以备审计' },
    sequential_image_generation: {
      label: '组图模式',
      value: { auto: '自动', disabled: '仅单张' },
      hint: '选“自动”时，由模型自行决定一组图片有几张',
    },
    sequential_image_generation_options: {
      max_images: { label: '最多张数', hint: '一组图片的上限' },
    },
    imageConfig: {
      imageOutputOptions: {
        mimeType: { label: '格式', value: { 'image/png': 'PNG', 'image/jpeg': 'JPEG' } },
        compressionQuality: { label: 'JPEG 质量', hint: '100 保留的细节最多' },
      },
    },
    modalities: { label: '回复内容', value: { text: '文字', image: '图片' } },
  },
  empty: {
    title: '想画点什么？',
    text: '写下提示词，点击“生成”；也可以从下面的例子开始。',
    examples: {
      bear: {
        name: '雾林',
        prompt:
          '清晨薄雾弥漫的森林里，一头棕熊缓步走来的特写，柔和的轮廓光，85 毫米镜头，浅景深，细腻颗粒',
      },
      poster: {
        name: '旅行海报',
        prompt:
          '20 世纪 30 年代风格的旅行海报：海边小港，青绿与珊瑚色的平涂色块，晨光洒在海面，醒目的标题“青岛”',
      },
      product: {
        name: '产品摄影',
        prompt:
          '浅色石台上的一把哑光陶瓷茶壶，左侧柔光，长而柔和的影子，暖灰色背景，画册级产品摄影',
      },
      icon: {
        name: '折纸',
        prompt: '用橙色和白色纸张折成的小狐狸，层叠折纸风格，影子柔和，米白色纯色背景，俯视视角',
      },
    },
  },
};
