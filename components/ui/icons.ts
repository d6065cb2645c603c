// The icons of the product, in one place: each is one more piece of JavaScript for every visitor.
export {
  Check as CheckIcon,
  ChevronDown as ChevronDownIcon,
  ChevronRight as ChevronRightIcon,
  Copy as CopyIcon,
  Download as DownloadIcon,
  History as HistoryIcon,
  Keyboard as KeyboardIcon,
  Minus as MinusIcon,
  Monitor as MonitorIcon,
  Moon as MoonIcon,
  Plus as PlusIcon,
  Square as SquareIcon,
  Sun as SunIcon,
  TriangleAlert as AlertIcon,
  Undo2 as UndoIcon,
  X as CloseIcon,
} from 'lucide-react';
